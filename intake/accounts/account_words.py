"""Words for notices about accounts, and for the end of a session."""

# Kind of a notice about the reader's own account → its sentences.
OWN_NOTICES = {
    "account_created": "An account was made for you.",
    "account_limits": "What you may see at the desk was changed: sections, languages, contact details or unchanged photos.",
    "account_off": "Your account was switched off. You are logged out, and your API tokens are ended.",
    "account_on": "Your account was switched on again.",
    "account_password": "Your password was changed. If that was not you, tell an administrator at once.",
    "account_roles": "Your roles were changed.",
    "account_sessions": "Sessions of your account were ended. If you did not expect that, ask an administrator.",
    "code_used": "A recovery code of yours was used to log in.",
    "codes_made": "New recovery codes were created for your account. The old ones no longer work.",
    "codes_wrong": "Somebody gave your right password and several wrong codes. If that was not you, change your password.",
    "factor_added": "A second factor was set up for your account.",
    "factor_removed": "A second factor of your account was removed.",
    "login_slowed": "Somebody gave wrong passwords for your account, so logging in is slowed down for browsers that you"
    " have not used before. A second factor, and browsers that you have used, still get you in at once.",
    "openid_linked": "Your account was linked to a login by your organisation's provider. If that was not you, tell an administrator at"
    " once.",
    "openid_unlinked": "The login by your organisation's provider was removed from your account.",
    "reset_asked": "An admin has asked to reset your password or your second factor. If you did not want that, call it off.",
    "reset_called_off": "A reset of your password or your second factor was called off.",
    "reset_done": "Your password or your second factor was reset.",
}
# Kind of a notice about a colleague's account → its sentence. `{name}` is the colleague's name.
NOTICES_OF_OTHERS = {
    "account_created": "An account was made for {name}.",
    "account_deleted": "An account was deleted: {name}.",
    "account_limits": "What {name} may see at the desk was changed: sections, languages, contact details or unchanged photos.",
    "account_off": "The account of {name} was switched off.",
    "account_on": "The account of {name} was switched on again.",
    "account_password": "The password of {name} was changed.",
    "account_roles": "The roles of {name} were changed.",
    "account_sessions": "Sessions of {name} were ended.",
    "admin_added": "The role of an administrator was given to {name}.",
    "chief_added": "The role of a chief editor was given to {name}.",
    "reset_asked": "An admin has asked to reset the password or the second factor of {name}. If nobody calls it off, it can"
    " be done after 24 hours, or as soon as a second admin agrees.",
    "reset_called_off": "A reset of the password or the second factor of {name} was called off.",
    "reset_done": "The password or the second factor of {name} was reset.",
}
# Why a session is over → the sentence above the login form.
SESSION_ENDED = {
    "": "Please log in first.",
    "idle": "Your session has ended, because it was not used for some hours. Please log in again.",
    "lifetime": "Your session has ended, because you logged in some weeks ago. Please log in again.",
    "logged_out": "You are logged out. Please log in again.",
    "ended": "Your session was ended. Please log in again.",
    "password": "Your session has ended, because the password of your account was changed. Please log in again.",
    "switched_off": "Your account is switched off, and your session has ended. Ask an administrator.",
    "reset": "Your password was reset, and your session has ended. Ask an administrator for the link to set a new one.",
    "deleted": "Your account was deleted.",
}
