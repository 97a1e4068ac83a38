import ContactFiles
import Testing

@Suite struct ColumnTests {
    /// The meaning guessed for one heading above cells that say nothing.
    private func meaning(_ heading: String, _ cells: [String] = ["x", "y", "z"]) throws -> ColumnGuess {
        let rows = cells.map { "Q,\($0)" }.joined(separator: "\n")
        var choices = ReadingChoices()
        choices.kind = .delimited
        choices.delimiter = .comma
        choices.headings = .row(1)
        let inspection = try TestFile("zzz,\(heading)\n\(rows)\n").inspect(choices)
        return try #require(inspection.columns.last).guess
    }

    @Test(
        arguments: [
            (
                ColumnMeaning.name,
                [
                    "Name", "Full Name", "customer_name", "Nombre completo", "NOMBRE Y APELLIDOS", "Nome do cliente",
                    "姓名", "客戶姓名", "联系人",
                ]
            ),
            (.givenName, ["First Name", "firstName", "Given name", "Nombres", "Primeiro nome", "名字"]),
            (.familyName, ["Last name", "Surname", "Apellidos", "Sobrenome", "姓氏"]),
            (
                .phone,
                [
                    "Phone", "Phone 2", "phone_number", "Mobile No.", "Cell", "WhatsApp", "Teléfono", "telefono movil",
                    "Nº de teléfono",
                    "CELULAR", "Tel.", "Telemóvel", "Telefone celular", "電話", "手機號碼", "手機1", "行動電話", "手机", "联系电话",
                    "ＰＨＯＮＥ",
                    "Customer mobile phone", "客戶的手機", "Teléfono (casa)",
                ]
            ),
            (.country, ["Country", "País", "pais de residencia", "國家", "国家/地区"]),
            (
                .email,
                [
                    "Email", "E-mail", "e_mail address", "Correo electrónico", "CORREO", "Endereço de e-mail", "電子郵件",
                    "信箱", "电子邮箱",
                ]
            ),
            (.company, ["Company", "Organisation", "Empresa", "Razón social", "公司", "公司名稱", "公司名称"]),
            (.labels, ["Tags", "Labels", "Etiquetas", "Grupo", "標籤", "标签", "分組"]),
            (.language, ["Language", "Idioma", "語言", "语言"]),
            (
                .birthday,
                ["Birthday", "Date of birth", "Fecha de nacimiento", "Cumpleaños", "Data de nascimento", "生日", "出生日期"]
            ),
            (.notes, ["Notes", "Comments", "Observaciones", "Notas", "Observações", "備註", "备注"]),
            (
                .consent,
                ["Opt-in", "Consent", "Consentimiento", "Acepta publicidad", "Consentimento", "同意行銷", "是否同意", "订阅"]
            ),
            (.optedOut, ["Opt-out", "Unsubscribed", "Baja", "No contactar", "Descadastrado", "退訂", "退订", "黑名單"]),
            (
                .externalID,
                [
                    "ID", "Customer ID", "external_id", "Código de cliente", "Número de cliente", "Código do cliente",
                    "客戶編號", "会员编号",
                ]
            ),
            (.whatsAppID, ["WA ID", "wa_id", "WhatsApp ID", "ID de WhatsApp"]),
            (
                .other,
                ["Responsible user", "Phone type", "Last e-mail sent", "Fecha de creación", "Price", "", "城市", "Fax"]
            ),
        ] as [(ColumnMeaning, [String])])
    func `headings in four languages are known`(meaning expected: ColumnMeaning, headings: [String]) throws {
        for heading in headings {
            let guess = try meaning(heading)
            #expect(guess.meaning == expected, "\(heading)")
            #expect(expected == .other || guess.confidence > 0.25, "\(heading)")
        }
    }

    @Test func `cells bear a heading out, or do not`() throws {
        let phones = ["0912345678", "+34 612 345 678", "０９１２３４５６７８"]

        #expect(try meaning("Phone", phones).basis == .headingAndContent)
        #expect(try meaning("Phone", phones).confidence > 0.95)
        #expect(try meaning("Phone", ["yes", "no", "no"]).confidence < 0.6)
        #expect(try meaning("Mail", phones).meaning == .phone)
        #expect(try meaning("Phone", ["a@example.com", "b@example.com"]).meaning == .email)
        #expect(try meaning("Número", phones).meaning == .phone)
        #expect(try meaning("Whatever", phones).meaning == .phone)
        #expect(try meaning("Whatever", phones).basis == .content)
        #expect(try meaning("Whatever", ["8.86912E+11", "8.86913E+11"]).meaning == .phone)
        #expect(try meaning("Whatever", ["a@example.com", "", "b@example.com"]).meaning == .email)
        #expect(try meaning("Whatever", ["2024-05-17", "2024-05-18", "17/05/2024"]).meaning == .other)
        #expect(try meaning("Order", ["10000001", "10000002", "10000003", "10000004"]).meaning == .other)
        #expect(try meaning("Country code", ["886", "34", "1"]).meaning == .callingCode)
        #expect(try meaning("Country code", ["TW", "ES", "US"]).meaning == .country)
    }

    @Test(arguments: [
        "Teléfono de emergencia", "Teléfono del cónyuge", "Fax", "Número de pedido", "N.º de factura", "Nº de cuenta",
        "Emergency contact", "Parent's phone", "Order no.", "Invoice", "Account number", "Telefone do cônjuge",
        "Número da conta", "緊急聯絡電話", "訂單編號", "发票号码", "Phone 1 - Label", "E-mail 2 - Label",
    ])
    func `numbers of other people and things are not the contact's`(heading: String) throws {
        let numbers = ["0912345678", "0922345670", "0912345111"]

        #expect(try meaning(heading, numbers).meaning == .other)
    }

    @Test func `where a column is called phone, no other is one by its cells`() throws {
        let inspection = try TestFile("Nombre,Móvil,Socio\nAna,0912345678,0922345670\nEva,0912345679,0911345670\n")
            .inspect()

        #expect(inspection.columns.map(\.guess.meaning) == [.name, .phone, .other])
    }

    @Test func `Google's contacts are read by their values, and not called by nickname`() throws {
        let inspection = try TestFile(
            """
            First Name,Middle Name,Last Name,Phonetic First Name,Nickname,Organization Name,Labels,\
            E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value
            Ana,María,López,ana,Anita,Acme,* myContacts,* Home,ana@example.com,Mobile,0912345678,Work,022345678

            """
        ).inspect()

        #expect(
            inspection.columns.map(\.guess.meaning) == [
                .givenName, .other, .familyName, .other, .other, .company, .labels, .other, .email, .other, .phone,
                .other, .phone,
            ])
    }

    @Test func `columns without headings are told by their cells`() throws {
        let inspection = try TestFile("Ana,0912345678,ana@example.com\nEva,+34 612 345 678,eva@example.com\n").inspect()

        #expect(inspection.plan.headingRow == nil)
        #expect(inspection.columns.map(\.guess.meaning) == [.other, .phone, .email])
        #expect(inspection.columns.map(\.heading) == ["", "", ""])
        #expect(inspection.columns[1].examples == ["0912345678", "+34 612 345 678"])
    }

    @Test func `headings nobody knows are headings all the same above numbers`() throws {
        let inspection = try TestFile("wer,wohin\nAna,0912345678\nEva,0912345679\n").inspect()

        #expect(inspection.plan.headingRow == 1)
        #expect(inspection.headings == ["wer", "wohin"])
        #expect(inspection.columns[1].guess.meaning == .phone)
    }

    @Test func `a name beside a family name is the given name`() throws {
        let inspection = try TestFile("Nombre,Apellidos,Teléfono\nAna,López,0912345678\n").inspect()

        #expect(inspection.columns.map(\.guess.meaning) == [.givenName, .familyName, .phone])
    }

    @Test func `several columns may be phones, one is the name`() throws {
        let inspection = try TestFile("Name,Contact,Phone 1,Phone 2\nAna,x,0912345678,0912345679\n").inspect()

        #expect(inspection.columns.map(\.guess.meaning) == [.name, .other, .phone, .phone])
    }

    @Test func `values are taken by meaning, and a person's mapping counts`() throws {
        let file = try TestFile("Name,Phone 1,Phone 2,City\n Ana ,0912345678,,Taipei\n")
        let row = try #require(try file.items().first?.row)
        var mapping = try file.inspect().mapping

        #expect(mapping.value(of: .name, in: row) == "Ana")
        #expect(mapping.values(of: .phone, in: row) == ["0912345678"])
        #expect(mapping.value(of: .email, in: row) == nil)
        mapping.meanings[3] = .labels
        #expect(mapping.values(of: .labels, in: row) == ["Taipei"])
    }

    static let exports: [(ExportFormat, String, [ColumnMeaning])] = [
        (
            .chatwoot, "id,name,email,phone_number\n1,Ana,ana@example.com,+886912345678\n",
            [.externalID, .name, .email, .phone]
        ),
        (
            .chatwoot,
            "id,name,email,identifier,phone_number,labels,ip_address,company_name,custom_attribute_1\n1,Ana,ana@example.com,A7,+886912345678,vip,1.2.3.4,Acme,x\n",
            [.other, .name, .email, .externalID, .phone, .labels, .other, .company, .other]
        ),
        (
            .wati, "Name,CountryCode,Phone,AllowCampaign,AllowSMS,Attribute 1\nAna,886,912345678,TRUE,TRUE,x\n",
            [.name, .callingCode, .phone, .consent, .other, .other]
        ),
        (
            .wati, "Name,CountryCode,Phone,AllowBroadcast,AllowSMS,emailid\n,91,9876543210,TRUE,TRUE,a@example.com\n",
            [.name, .callingCode, .phone, .consent, .other, .email]
        ),
        (
            .respondIO,
            "ContactID,FirstName,LastName,PhoneNumber,Email,Country,Language,Tags,Status,Lifecycle,Assignee,LastInteractionTime,DateTimeCreated,Channels\n7,Ana,López,+886912345678,ana@example.com,TW,es,vip,open,Lead,bob@example.com,2024-05-17 10:00,2024-01-01 10:00,WhatsApp\n",
            [
                .externalID, .givenName, .familyName, .phone, .email, .country, .language, .labels, .other, .other,
                .other, .other, .other, .other,
            ]
        ),
        (
            .kommo,
            "ID,Nombre del lead,Presupuesto,Responsable,Estatus del lead,Etiquetas del lead,Contacto principal,Teléfono oficina (contacto),Teléfono celular (contacto),Correo (contacto),Fax (contacto),Nota 1\n5,Compra,100,Bob,Nuevo,vip,Ana,0912345678,0912345679,ana@example.com,022345678,x\n",
            [.externalID, .other, .other, .other, .other, .labels, .name, .phone, .phone, .email, .other, .notes]
        ),
        (
            .kommo,
            "ID,Lead título,Venda,Lead usuário responsável,Etapa do lead,Lead tags,Contato principal,Celular (contato),Telefone comercial (contato),Email comercial (contato)\n5,Compra,100,Bob,Novo,vip,Ana,11961230986,1134545670,ana@example.com\n",
            [.externalID, .other, .other, .other, .other, .labels, .name, .phone, .phone, .email]
        ),
        (
            .kommo,
            "ID,Название сделки,Ответственный,Основной контакт,Рабочий телефон (контакт),Рабочий email (контакт)\n5,Покупка,Bob,Анна,+79161234567,anna@example.com\n",
            [.externalID, .other, .other, .name, .phone, .email]
        ),
    ]

    @Test(arguments: exports.indices)
    func `exports of other programs are recognised`(index: Int) throws {
        let (format, text, meanings) = Self.exports[index]

        let inspection = try TestFile(text).inspect()

        #expect(inspection.format == format)
        #expect(inspection.columns.map(\.guess.meaning) == meanings)
    }

    @Test func `our own export is read by our columns, whatever a field of the company's is called`() throws {
        let headings = ExportFormat.exportHeadings
        let fields = ["Baja", "Notas internas", "Otro teléfono", "Consentimiento"]
        let all = headings.dropLast(4) + fields + headings.suffix(4)
        let cells = all.map { $0 == "phone" ? "+525512345678" : $0 == "bsuid" ? "MX.1" : "x" }

        let inspection = try TestFile("\(all.joined(separator: ","))\n\(cells.joined(separator: ","))\n").inspect()

        #expect(inspection.format == .puente)
        let meanings = Dictionary(uniqueKeysWithValues: inspection.columns.map { ($0.heading, $0.guess.meaning) })
        #expect(meanings["bsuid"] == .whatsAppID)
        #expect(meanings["opted_out"] == .optedOut)
        #expect(fields.map { meanings[$0] } == Array(repeating: .other, count: fields.count))
    }

    @Test func `an ordinary list is nobody's export`() throws {
        #expect(try TestFile("name,phone,email\nAna,0912345678,a@example.com\n").inspect().format == nil)
        #expect(try TestFile("id,phone,status\n1,0912345678,x\n").inspect().format == nil)
    }

    @Test(
        arguments: [
            ("yes", true), ("Sí", true), ("SIM", true), ("是", true), ("已同意", true), ("TRUE", true), ("1", true),
            ("Opt-in", true), ("✓", true),
            ("no", false), ("NÃO", false), ("否", false), ("不同意", false), ("false", false), ("0", false),
            ("opted_out", false), ("退訂", false),
            ("pending", nil), ("", nil), ("maybe", nil), ("2024-05-17", nil),
        ] as [(String, Bool?)])
    func `answers are yes, no, or nothing`(text: String, answer: Bool?) {
        #expect(YesOrNo.answer(text) == answer)
    }

    @Test(
        arguments: [
            ("yes", true), ("Sí", true), ("1", true), ("X", true), ("BAJA", true), ("Dado de baja", true),
            ("opted out", true), ("Opt-out", true), ("unsubscribed", true), ("STOP", true), ("declined", true),
            ("denied", true), ("No acepta", true), ("descadastrado", true), ("Não contatar", true), ("退訂", true),
            ("退订", true), ("拒絕", true), ("不同意", true),
            ("no", false), ("NÃO", false), ("0", false), ("subscribed", false), ("OptedIn", false), ("alta", false),
            ("Acepto", false), ("訂閱", false), ("同意", false), ("否", false),
            ("2024-05-17", nil), ("bounced", nil), ("", nil),
        ] as [(String, Bool?)])
    func `in a column of opt-outs whoever unsubscribed is a yes, and whoever subscribed a no`(
        text: String, answer: Bool?
    ) {
        #expect(OptOutWords.answer(text) == answer)
    }

    @Test func `plans and mappings survive a restart`() throws {
        // They are kept as JSON beside an import.
        let plan = ReadingPlan(kind: .excel, encoding: .big5, delimiter: .tab, quote: .none, headingRow: 3, sheet: 2)
        #expect(try roundTrip(plan) == plan)
        #expect(
            try roundTrip(ColumnMapping(meanings: [.phone, .optedOut])) == ColumnMapping(meanings: [.phone, .optedOut]))
        #expect(
            try roundTrip(Checkpoint(row: 7, line: 9, byte: 120, taken: 1))
                == Checkpoint(row: 7, line: 9, byte: 120, taken: 1))
    }
}
