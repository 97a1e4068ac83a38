import CRM
import Domain

/// WhatsApp and CRM accounts.
extension ConfigurationKey {
    static let whatsApp =
        [graphURL, graphVersion, onUncertain, uncertainAfter] + [appID, appSecret, previousAppSecret, verifyToken]
        + [numberApp, alsoApps, phoneNumberID, wabaID, portfolioID, displayNumber, accessToken]

    static let graphURL = Self(
        "whatsapp.graph_url", .webAddress, .fallback("https://graph.facebook.com"), "Where the Graph API is.")
    static let graphVersion = Self("whatsapp.api_version", .word, .fallback("v25.0"), "The Graph API's version.")
    static let onUncertain = Self(
        "whatsapp.on_uncertain", .choice(OnUncertain.allCases.map(\.rawValue)), .fallback("wait"),
        "When nobody can tell whether a message left: `wait` for evidence, then ask a person; `retry` sends it again and "
            + "risks that a customer reads it twice.")
    static let uncertainAfter = Self(
        "whatsapp.uncertain_after", .duration(.minutes(1) ... .hours(24)), .fallback("5m"),
        "How long evidence is waited for before a person is asked.")

    static let appID = Self("whatsapp.apps.NAME.app_id", .word, .required, "The Meta app's “App ID”.")
    static let appSecret = Self(
        "whatsapp.apps.NAME.app_secret", .word, .required, isSecret: true,
        "The Meta app's “App secret”: webhooks are signed with it.")
    static let previousAppSecret = Self(
        "whatsapp.apps.NAME.previous_app_secret", .word, .optional(), isSecret: true,
        "The old secret while a new one is being introduced: bodies signed with either are accepted.")
    static let verifyToken = Self(
        "whatsapp.apps.NAME.verify_token", .word, .required, isSecret: true,
        "A word of your own, typed into Meta's “Verify token”.")

    static let numberApp = Self(
        "whatsapp.numbers.NAME.app", .word, .required, "Which of `whatsapp.apps` the number belongs to.")
    static let alsoApps = Self(
        "whatsapp.numbers.NAME.also_apps", .names, .optional(),
        "Further `whatsapp.apps` that get the webhooks of the number's account; what any of them signs is accepted.")
    static let phoneNumberID = Self(
        "whatsapp.numbers.NAME.phone_number_id", .word, .required, "Meta's “Phone number ID” (not the number itself).")
    static let wabaID = Self(
        "whatsapp.numbers.NAME.waba_id", .word, .required, "Meta's “WhatsApp Business Account ID”.")
    static let portfolioID = Self(
        "whatsapp.numbers.NAME.portfolio_id", .word, .optional(),
        "Meta's business portfolio of the account. Needed where numbers belong to more than one.")
    static let displayNumber = Self(
        "whatsapp.numbers.NAME.display_number", .phoneNumber, .required, "The number as people dial it.")
    static let accessToken = Self(
        "whatsapp.numbers.NAME.access_token", .word, .required, isSecret: true,
        "A system user's token with `whatsapp_business_messaging` and `whatsapp_business_management`.")

    static let crm = [
        crmKind, crmBaseURL, crmToken, crmClientSecret, crmAppID, crmClientID, crmVersion, crmSweepEvery, crmSecret,
        crmDatabase, crmInterface, crmWebhookSecret, crmCallsPerSecond,
        crmPreviousSecret, crmBatchSize, crmUsername, crmPrivateKey, crmCertificateFile, crmAudience,
        crmDataCenter, crmAccountsURL, crmRefreshToken, crmConcurrentCalls, crmDailyCredits,
        crmTier, crmExpiresOn, crmCompareEvery,
    ]

    static let crmKind = Self(
        "crm.NAME.kind", .choice(ConnectorKind.allCases.map(\.rawValue)), .required, "Which CRM it is.")
    static let crmBaseURL = Self(
        "crm.NAME.base_url", .webAddress,
        .optional(note: "hubspot: `https://api.hubapi.com`; zoho: the data centre's; the others: required"),
        "Where its API is. Plain http is refused for a public address.")
    static let crmToken = Self(
        "crm.NAME.token", .word, .optional(note: "odoo: required; hubspot: this or refresh_token"), isSecret: true,
        "hubspot: the service key or the app's access token; odoo: the API key of the bridge's user.")
    static let crmClientSecret = Self(
        "crm.NAME.client_secret", .word, .optional(), isSecret: true,
        "hubspot: the app's client secret, which its webhooks and workflow actions are signed with; salesforce: the "
            + "app's consumer secret; zoho: the client secret of the Self Client.")
    static let crmAppID = Self(
        "crm.NAME.app_id", .word, .optional(),
        "hubspot: the app's id, by which our own changes are recognised in webhooks.")
    static let crmClientID = Self(
        "crm.NAME.client_id", .word, .optional(),
        "hubspot: the app's client id, 32 hexadecimal digits, with or without hyphens; salesforce: the app's consumer "
            + "key; zoho: the client id of the Self Client.")
    static let crmVersion = Self(
        "crm.NAME.api_version", .word, .optional(note: "hubspot: `2026-09`; salesforce: `v66.0`"),
        "hubspot: the version of its API, like `2026-09`, or `v3`; salesforce: like `v66.0`, from `v64.0` on.")
    static let crmSweepEvery = Self(
        "crm.NAME.sweep_every", .duration(.seconds(10) ... .hours(24)), .optional(note: "`5m`"),
        "hubspot, salesforce, odoo, zoho: how often changes of contacts are read that no webhook told of.")
    static let crmSecret = Self(
        "crm.NAME.secret", .word, .optional(note: "own: required"), isSecret: true,
        "own: `whsec_` and the base64 of 24 to 64 random bytes; signs both directions.")
    static let crmPreviousSecret = Self(
        "crm.NAME.previous_secret", .word, .optional(), isSecret: true, "own: the old secret while it is being changed."
    )
    static let crmBatchSize = Self(
        "crm.NAME.batch_size", .integer(1...OwnSystemSettings.maxBatch), .optional(note: "own: `100`"),
        "own: events in one request; 1 for receivers that know single events only.")
    static let crmUsername = Self(
        "crm.NAME.username", .word, .optional(),
        "salesforce: the integration's user, for the login by private_key; odoo: the bridge's user, needed before 19.")
    static let crmPrivateKey = Self(
        "crm.NAME.private_key", .text, .optional(), isSecret: true,
        "salesforce: the PEM of the RSA key whose certificate was uploaded to the app, instead of client_secret.")
    static let crmCertificateFile = Self(
        "crm.NAME.certificate_file", .path, .optional(),
        "salesforce: the certificate that was uploaded to the app, as PEM, beside private_key; an alarm says so 30, 7 and 1 days before it ends."
    )
    static let crmAudience = Self(
        "crm.NAME.audience", .webAddress, .optional(note: "salesforce: `https://login.salesforce.com`"),
        "salesforce: whom the login by private_key is for; `https://test.salesforce.com` for a sandbox.")
    static let crmDatabase = Self(
        "crm.NAME.database", .word, .optional(),
        "odoo: the database's name; needed before version 19, and where a server has several.")
    static let crmInterface = Self(
        "crm.NAME.interface", .choice(OdooSettings.Interface.allCases.map(\.rawValue)), .optional(note: "odoo: `auto`"),
        "odoo: `json2` from version 19 on, `jsonrpc` before; `auto` finds out.")
    static let crmWebhookSecret = Self(
        "crm.NAME.webhook_secret", .word, .optional(), isSecret: true,
        "odoo: 16 to 200 letters, digits, `-` and `_`, which stand in the address that its automation rules call; zoho: "
            + "16 to 50 characters of your own, which come back with each of its call-backs.")
    static let crmCallsPerSecond = Self(
        "crm.NAME.calls_per_second", .integer(1...1000), .optional(),
        "odoo: for Odoo Online, which throttles; else three calls at once go as fast as they are answered.")
    static let crmDataCenter = Self(
        "crm.NAME.data_center", .choice(ZohoDataCenter.allCases.map(\.rawValue)), .optional(note: "zoho: `us`"),
        "zoho: where the organisation lives; the end of its address in the browser tells (`crm.zoho.eu` is `eu`).")
    static let crmTier = Self(
        "crm.NAME.tier", .choice(APITier.allCases.map(\.rawValue)), .optional(),
        "Messages and contacts that are written to it in a minute at most: `standard` 300, `enterprise` 1,500; the vendor's own limits come on top. Without it they alone hold."
    )
    static let crmExpiresOn = Self(
        "crm.NAME.expires_on", .word, .optional(),
        "The last day of its credentials (`2027-03-31`), where they end and nobody but you renews them; an alarm says so 30, 7 and 1 days before. Odoo says it by itself from version 18 on."
    )
    static let crmCompareEvery = Self(
        "crm.NAME.compare_every", .duration(.seconds(10) ... .hours(24 * 90)), .optional(note: "`7d`"),
        "How often all contacts are compared with their records, whatever was told of them.")
    static let crmAccountsURL = Self(
        "crm.NAME.accounts_url", .webAddress, .optional(note: "zoho: the data centre's"),
        "zoho: the server that gives tokens, where it is not the data centre's own, for example the sandbox.")
    static let crmRefreshToken = Self(
        "crm.NAME.refresh_token", .word, .optional(note: "zoho: required"), isSecret: true,
        "zoho: what the grant code of the API console was exchanged for; hubspot: of an app with OAuth, instead of token. "
            + "client_id and client_secret are beside it.")
    static let crmConcurrentCalls = Self(
        "crm.NAME.concurrent_calls", .integer(1...20), .optional(note: "zoho: `4`"),
        "zoho: calls at once. The Free edition allows 5, Standard 10, Professional 15, Enterprise 20, Ultimate 25.")
    static let crmDailyCredits = Self(
        "crm.NAME.daily_credits", .integer(1000...10_000_000), .optional(),
        "zoho: the organisation's API credits in 24 hours, so that what is left can be shown before half are gone.")
}
