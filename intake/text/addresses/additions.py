"""Parameters that identify a reader and that rules.json misses. Names that apply to all hosts are in lower case."""

# A parameter whose name begins with one of these is dropped on all hosts.
PREFIXES = (
    "utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "oly_", "vero_", "bsft_", "_bta_", "aspsessionid", "__cft__", "__xts__",
    "__hs", "_hs", "ga_source", "ga_medium", "ga_campaign",
)  # fmt: skip
EVERYWHERE = frozenset(
    [
        "fbclid",
        "igsh",
        "igshid",
        "mibextid",
        "ymclid",
        "ref_src",
        "li_fat_id",
        "epik",
        "sccid",
        "scclid",
        "rdt_cid",
        "wbraid",
        "qclid",
        "zanpid",
        "__s",
        "ml_subscriber",
        "mc_tc",
        "sms_ss",
        "xsdata",
        "sdata",
        "ovuser",
        "clickparams",
        "phpsessid",
        "jsessionid",
        "cftoken",
        "mkt_unsubscribe_id",
        "trk_contact",
        "trk_msg",
        "trk_sid",
        "dm_i",
        "ck_subscriber_id",
        "sfmc_id",
        "sfmc_sub",
        "emci",
        "emdi",
        "ceid",
        "nr_email_referer",
        "wprov",
        "__twitter_impression",
        "cndid",
        "esrc",
        "bxid",
        "user_email_address",
    ]
)
SESSIONS = frozenset({"sid", "s", "session", "sessionid", "session_id", "sessid"})
"""Names whose value is dropped everywhere if it is a long hexadecimal number, as forums number their visitors."""
MAIL = frozenset(
    [
        "email",
        "e-mail",
        "e_mail",
        "email_address",
        "emailaddress",
        "user_email",
        "useremail",
        "uemail",
        "mail_address",
        "recipient",
        "rcpt",
        "subscriber",
        "hash_email",
    ]
)
"""Names whose value is dropped everywhere if it is a mail address."""

# Host → names. A host includes its subdomains.
_SHARE = "share_id share_link_id share_app_id share_author_id share_author sharer sharer_id share_iid share_token share_source"
HOSTS = {
    "docs.google.com": "usp ouid rtpof sd authuser pli ts",
    "drive.google.com": "usp ouid rtpof authuser pli",
    "sites.google.com": "authuser pli",
    "google.*": "authuser ved ei gs_lcp gs_lcrp sxsrf rlz aqs iflsig sca_esv sca_upv uact sclient sourceid cshid gws_rd g_st g_ep",
    "youtube.com": "si feature pp kw embeds_referring_euri embeds_referring_origin",
    "youtu.be": "si feature pp",
    "youtube-nocookie.com": "si",
    "spotify.com": "si sp_cid dlsi pi nd",
    "spotify.link": "si",
    "soundcloud.com": "si ref",
    "facebook.com": "rdid share_url extid __tn__ __eep__ _rdr _rdc paipv eav refid ref fref hc_ref hc_location sfnsn wtsid notif_id notif_t "
    "acontext checkpoint_src fs ti",
    "fb.watch": "rdid",
    "messenger.com": "rdid",
    "instagram.com": "ig_rid ig_mid rdid story_media_owner_id",
    "threads.com": "xmt slof rdid",
    "threads.net": "xmt slof rdid",
    "tiktok.com": "sec_user_id sec_uid user_id checksum sender_device sender_web_id is_from_webapp is_copy_url timestamp preview_pb "
    "sharer_language social_sharing social_share_type link_reflow_popup_iteration_sharer ug_btm ugbiz_name ug_source enter_from "
    f"share_item_id ug_photo_idx unique_id {_SHARE}",
    "linkedin.com": "rcm trk trkInfo trkEmail lipi lici licu midToken midSig eid otpToken originalReferer originalSubdomain upsellOrderOrigin "
    "lgCta lgTemp",
    "reddit.com": f"share_id rdt chainedPosts {_SHARE}",
    "redd.it": "share_id",
    "twitter.com": "s t cn twclid twgr twcamp twterm ctx ref_src",
    "x.com": "s t cn twclid twgr twcamp twterm ctx ref_src",
    "bsky.app": "ref_src ref_url",
    "snapchat.com": "share_id sid",
    "pinterest.*": "invite_code sender sfo sender_id",
    "quora.com": "ch oid share srid target_type",
    "substack.com": "r publication_id post_id isFreemail token just_subscribed",
    "medium.com": "source gi",
    "change.org": "recruiter recruited_by_id share_bandit_exp use_react psf_variant",
    "gofundme.com": "member sharetype rcid attribution_id",
    "github.com": "email_token email_source notification_referrer_id",
    "sharepoint.com": "e",
    "1drv.ms": "e",
    "onedrive.live.com": "e migratedtospo redeem",
    "nytimes.com": "smid smtyp campaign_id instance_id regi_id segment_id user_id te nl emc partner",
    "washingtonpost.com": "wpisrc wpmk hash s_l",
    "theguardian.com": "CMP INTCMP CMP_TU acquisitionData REFPVID",
    "vk.com": "trackcode recom share_token ref post_click_id",
    "vk.ru": "trackcode recom share_token ref post_click_id",
    "dzen.ru": "share_to",
    "amazon.*": "qid sr crid sprefix pd_rd_i pd_rd_r pd_rd_w pd_rd_wg content-id ref_ linkCode linkId dib dib_tag social_share psc",
    "mp.weixin.qq.com": "sharer_shareinfo sharer_shareinfo_first sharer_sharetime sharer_shareid pass_ticket key uin exportkey ascene "
    "subscene sessionid clicktime enterid devicetype fontgear wx_header nettype scene from isappinstalled poc_token click_id "
    "version countrycode abtest_cookie session_us xtrack",
    "weibo.com": "wvr mod refer_flag sudaref mark_id wm sourceType from featurecode luicode lfid share_token",
    "weibo.cn": "refer_flag sudaref mark_id wm sourceType from featurecode luicode lfid share_token",
    "douyin.com": f"did iid u_code with_sec_did share_sign share_version ts timestamp from_aid from_gid titleType {_SHARE}",
    "toutiao.com": f"share_uid share_did timestamp req_id app use_new_style tt_from wxshare_count share_type {_SHARE}",
    "xiaohongshu.com": f"appuid apptime shareRedId share_from_user_hidden author_share share_channel exSource wechatWid wechatOrigin "
    f"app_platform app_version ignoreEngage xhsshare {_SHARE}",
    "kuaishou.com": "shareId shareToken shareObjectId shareUid userId fid cc",
    "zhihu.com": "share_code",
    "bilibili.com": "mid bbid ts buvid unique_k up_id vd_source share_times is_story_h5 -Arouter",
    # Outlook's redirects whose target cannot be read.
    "safelinks.protection.outlook.com": "data sdata reserved",
}
"""Host → names of parameters. On X and SharePoint, `e`, `s` and `t` identify the person who shared the page."""
