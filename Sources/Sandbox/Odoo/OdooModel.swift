/// The models that the sandbox's Odoo has, and their fields. Source: Odoo's models, versions 16 to 19.
struct OdooModel: Sendable {
    let name: String
    /// What people call a record of it.
    let label: String
    let book: OdooFieldBook
    let indexed: [String]

    private init(_ name: String, _ label: String, indexed: [String] = [], _ lines: String) {
        self.name = name
        self.label = label
        self.indexed = indexed
        book = OdooFieldBook(lines)
    }

    static func label(of model: String) -> String {
        all(version: 19).first { $0.name == model }?.label ?? model
    }

    static func all(version: Int) -> [OdooModel] {
        [partner(version), message, externalID, user, apiKey(version)] + small
    }

    private static func partner(_ version: Int) -> OdooModel {
        OdooModel(
            "res.partner", "Contact",
            indexed: ["phone_sanitized", "email_normalized", "parent_id", "~phone", "~mobile"],
            """
            name char
            parent_id many2one:res.partner
            is_company boolean
            company_type selection:person,company ~
            type selection:contact,invoice,delivery,other
            email char
            email_normalized char -
            phone char
            phone_sanitized char -
            phone_sanitized_blacklisted boolean -~
            phone_mobile_search char ~
            ~phone char
            ~mobile char
            function char
            street char
            street2 char
            city char
            zip char
            country_id many2one:res.country
            company_name char
            commercial_company_name char -~
            lang selection:en_US,es_ES,es_MX,fr_FR,pt_BR
            tz char
            user_id many2one:res.users
            category_id many2many:res.partner.category
            comment html
            ref char
            vat char
            website char
            barcode char
            active boolean
            """ + (version >= 17 ? "\ncomplete_name char -~" : "")
                + (version <= 18 ? "\nmobile char\ntitle many2one:res.partner.title" : ""))
    }

    private static let message = OdooModel(
        "mail.message", "Message", indexed: ["res_id", "message_id"],
        """
        subject char
        date datetime
        body html
        message_type selection:email,comment,notification,user_notification,auto_comment,email_outgoing *
        subtype_id many2one:mail.message.subtype
        author_id many2one:res.partner
        email_from char
        model char
        res_id integer
        record_name char
        message_id char
        parent_id many2one:mail.message
        is_internal boolean
        attachment_ids many2many:ir.attachment
        """)

    private static let externalID = OdooModel(
        "ir.model.data", "Model Data", indexed: ["name", "res_id"],
        """
        module char *
        name char *
        model char *
        res_id integer
        noupdate boolean
        """)

    private static let user = OdooModel(
        "res.users", "User",
        """
        name char
        login char
        email char
        share boolean
        active boolean
        partner_id many2one:res.partner
        lang char
        tz char
        """)

    private static func apiKey(_ version: Int) -> OdooModel {
        OdooModel(
            "res.users.apikeys", "API Key",
            """
            name char
            user_id many2one:res.users
            scope char
            """ + (version >= 18 ? "\nexpiration_date datetime" : ""))
    }

    private static let small = [
        OdooModel("mail.message.subtype", "Message Subtype", "name char"),
        OdooModel("res.country", "Country", "name char\ncode char"),
        OdooModel("res.partner.category", "Partner Tags", "name char *\nparent_id many2one:res.partner.category"),
        OdooModel("res.partner.title", "Partner Title", "name char"),
        OdooModel("ir.model", "Models", "name char\nmodel char"),
        OdooModel(
            "ir.model.fields", "Fields",
            """
            name char *
            field_description char
            model char
            model_id many2one:ir.model *
            ttype char *
            state char
            index boolean
            copied boolean
            """),
        OdooModel(
            "ir.attachment", "Attachment",
            "name char *\nmimetype char\nres_model char\nres_id integer\ntype char\nurl char\npublic boolean"),
        OdooModel("phone.blacklist", "Phone Blacklist", indexed: ["number"], "number char *\nactive boolean"),
        OdooModel(
            "base.partner.merge.automatic.wizard", "Merge Partner Wizard",
            "partner_ids many2many:res.partner\ndst_partner_id many2one:res.partner\nstate char"),
    ]
}
