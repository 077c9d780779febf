"""Words for notices about accounts, and for the end of a session."""

# Kind of a notice about the reader's own account → its sentences.
from intake.plurals import desk_noop

OWN_NOTICES = {
    "account_created": desk_noop("An account was made for you."),
    "account_limits": desk_noop(
        "What you may see at the desk was changed: sections, languages, contact details or unchanged photos."
    ),
    "account_off": desk_noop(
        "Your account was switched off. You are logged out, and your API tokens are ended."
    ),
    "account_on": desk_noop("Your account was switched on again."),
    "account_password": desk_noop(
        "Your password was changed. If that was not you, tell an administrator at once."
    ),
    "account_renamed": desk_noop("Your name at the desk was changed."),
    "account_roles": desk_noop("Your roles were changed."),
    "account_sessions": desk_noop(
        "Sessions of your account were ended. If you did not expect that, ask an administrator."
    ),
    "code_used": desk_noop("A recovery code of yours was used to log in."),
    "codes_made": desk_noop("New recovery codes were created for your account. The old ones no longer work."),
    "codes_wrong": desk_noop(
        "Somebody gave your right password and several wrong codes. If that was not you, change your password."
    ),
    "factor_added": desk_noop("A second factor was set up for your account."),
    "factor_removed": desk_noop("A second factor of your account was removed."),
    "login_slowed": desk_noop(
        "Somebody gave wrong passwords for your account, so logging in is slowed down for browsers that you"
        " have not used before. A second factor, and browsers that you have used, still get you in at once."
    ),
    "openid_linked": desk_noop(
        "Your account was linked to a login by your organisation's provider. If that was not you, tell an administrator at"
        " once."
    ),
    "openid_unlinked": desk_noop("The login by your organisation's provider was removed from your account."),
    "reset_asked": desk_noop(
        "An admin has asked to reset your password or your second factor. If you did not want that, call it off."
    ),
    "reset_called_off": desk_noop("A reset of your password or your second factor was called off."),
    "reset_done": desk_noop("Your password or your second factor was reset."),
}
# Kind of a notice about a colleague's account, or a colleague's request → its sentence. `{name}` is the colleague's name.
NOTICES_OF_OTHERS = {
    "account_created": desk_noop("An account was made for {name}."),
    "account_deleted": desk_noop("An account was deleted: {name}."),
    "account_limits": desk_noop(
        "What {name} may see at the desk was changed: sections, languages, contact details or unchanged photos."
    ),
    "account_off": desk_noop("The account of {name} was switched off."),
    "account_on": desk_noop("The account of {name} was switched on again."),
    "account_password": desk_noop("The password of {name} was changed."),
    "account_renamed": desk_noop("The name of {name} was changed."),
    "account_roles": desk_noop("The roles of {name} were changed."),
    "account_sessions": desk_noop("Sessions of {name} were ended."),
    "admin_added": desk_noop("The role of an administrator was given to {name}."),
    "chief_added": desk_noop("The role of a chief editor was given to {name}."),
    "hold_asked": desk_noop("A chief editor asks for a legal hold. A second person has to confirm it."),
    "reset_asked": desk_noop(
        "An admin has asked to reset the password or the second factor of {name}. If nobody calls it off, it can"
        " be done after 24 hours, or as soon as a second admin agrees."
    ),
    "reset_called_off": desk_noop("A reset of the password or the second factor of {name} was called off."),
    "reset_done": desk_noop("The password or the second factor of {name} was reset."),
}
# Why a session is over → the sentence above the login form.
SESSION_ENDED = {
    "": desk_noop("Please log in first."),
    "idle": desk_noop("Your session has ended, because it was not used for some hours. Please log in again."),
    "lifetime": desk_noop(
        "Your session has ended, because you logged in some weeks ago. Please log in again."
    ),
    "logged_out": desk_noop("You are logged out. Please log in again."),
    "ended": desk_noop("Your session was ended. Please log in again."),
    "password": desk_noop(
        "Your session has ended, because the password of your account was changed. Please log in again."
    ),
    "switched_off": desk_noop(
        "Your account is switched off, and your session has ended. Ask an administrator."
    ),
    "reset": desk_noop(
        "Your password was reset, and your session has ended. Ask an administrator for the link to set a new one."
    ),
    "deleted": desk_noop("Your account was deleted."),
}
