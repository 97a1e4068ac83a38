extension HeadingDictionary {
    /// Where two lists have the same heading, the first counts.
    static let headings: [(meaning: ColumnMeaning, confidence: Double, headings: String)] = [
        (
            .name, 0.95,
            """
            name, full name, contact name, customer name, client name, display name, recipient name, member name,
            nombre, nombre completo, nombre y apellidos, nombre y apellido, apellidos y nombre, nombre del cliente,
            nombre cliente, nombre de contacto, nombre del contacto, contacto principal, nome, nome completo,
            nome do cliente, nome cliente, nome do contato, nome do contacto, nome e sobrenome, contato principal,
            姓名, 名稱, 全名, 客戶姓名, 客戶名稱, 聯絡人, 聯絡人姓名, 連絡人, 會員姓名, 顧客姓名, 收件人, 稱呼,
            名称, 客户姓名, 客户名称, 联系人, 联系人姓名, 会员姓名, 顾客姓名, 称呼
            """
        ),
        (
            .name, 0.75,
            """
            contact, customer, client, person, recipient, nickname, contacto, cliente, persona, alias, contato, pessoa,
            客戶, 顧客, 會員, 暱稱, 客户, 顾客, 会员, 昵称
            """
        ),
        (
            .givenName, 0.95,
            """
            first name, given name, given names, forename, fname, nombre de pila, nombres, primer nombre,
            primeiro nome, 名, 名字
            """
        ),
        (
            .familyName, 0.95,
            """
            last name, surname, family name, lname, apellido, apellidos, primer apellido, sobrenome, apelido,
            último nome, 姓, 姓氏
            """
        ),
        (
            .phone, 0.95,
            """
            phone, phone number, phone no, telephone, telephone number, tel, tel no, mobile, mobile phone, mobile number,
            mobile no, cell, cell phone, cellphone, cell number, cellular, contact number, contact no, contact phone,
            whatsapp, whatsapp number, whatsapp phone, whatsapp no, wa number, primary phone, main phone, home phone,
            work phone, work direct phone, other phone, msisdn, handphone,
            teléfono, tlf, tlfno, telf, fono, móvil, teléfono móvil, celular, cel, teléfono celular, teléfono fijo,
            número de teléfono, número telefónico, número de celular, número celular, número móvil, número de móvil,
            número de whatsapp, número whatsapp, número de contacto, nº de teléfono, n° teléfono,
            teléfono de contacto, teléfono contacto, teléfono principal, teléfono oficina, teléfono oficina directo,
            teléfono de casa, otro teléfono, telefone, fone, telemóvel, telefone celular, telefone fixo, telefone móvel,
            número de telefone, número do telefone, número de telemóvel, número do celular, número do whatsapp,
            número de contato, telefone de contato, telefone principal, telefone comercial, tel direto com,
            telefone residencial, outro telefone,
            電話, 電話號碼, 手機, 手機號碼, 手機號, 行動電話, 行動電話號碼, 聯絡電話, 連絡電話, 聯絡手機, 住家電話,
            家用電話, 公司電話, 市話, 室內電話, whatsapp號碼, 电话, 电话号码, 手机, 手机号, 手机号码, 移动电话,
            联系电话, 联系手机, 座机, 固定电话, whatsapp号码
            """
        ),
        (
            .phone, 0.6,
            "number, numbers, número, numero, números, 號碼, 号码, 聯絡方式, 联系方式, contact details"
        ),
        (
            .callingCode, 0.8,
            """
            country code, dial code, dialing code, calling code, country calling code, phone code, phone country code,
            código de país, código país, código del país, prefijo, prefijo internacional, prefijo país, indicativo,
            código do país, ddi, 國碼, 國際區碼, 國際冠碼, 國家代碼, 国家代码, 国际区号, 国码
            """
        ),
        (
            .country, 0.95,
            """
            country, country name, country region, nation, país, país de residencia, nombre del país, país de residência,
            nome do país, 國家, 國家地區, 國別, 国家, 国家地区, 国别
            """
        ),
        (
            .email, 0.95,
            """
            email, e-mail, mail, email address, e-mail address, primary email, work email, personal email, other email,
            private email, correo, correo electrónico, correo-e, dirección de correo, dirección de correo electrónico,
            e-mail priv, otro e-mail, otro correo, endereço de e-mail, endereço eletrônico, correio eletrônico,
            correio eletrónico, email comercial, email pessoal, outro email,
            電子郵件, 電子郵件地址, 電子信箱, 電郵, 電郵地址, 信箱, 郵箱, 郵件, email地址,
            电子邮件, 电子邮件地址, 电子邮箱, 邮箱, 邮箱地址, 邮件
            """
        ),
        (
            .company, 0.95,
            """
            company, company name, organization, organisation, organization name, org, business, business name, employer,
            account name, empresa, nombre de la empresa, nombre empresa, compañía, organización, razón social, negocio,
            nome da empresa, companhia, organização, razão social,
            公司, 公司名稱, 企業, 企業名稱, 單位, 組織, 店名, 公司名称, 企业, 企业名称, 单位, 组织
            """
        ),
        (
            .labels, 0.95,
            """
            label, labels, tag, tags, contact tags, lead tags, group, groups, segment, segments, category, categories,
            etiqueta, etiquetas, etiquetas del lead, etiquetas del contacto, grupo, grupos, categoría, categorías,
            segmento, segmentos, categoria, categorias, marcador, marcadores, rótulo, rótulos, tags do lead,
            標籤, 標簽, 群組, 分組, 分類, 類別, 标签, 群组, 分组, 分类, 类别
            """
        ),
        (
            .language, 0.95,
            """
            language, lang, locale, preferred language, idioma, idioma preferido, lengua, língua, idioma preferencial,
            語言, 語系, 慣用語言, 语言, 语系
            """
        ),
        (
            .birthday, 0.95,
            """
            birthday, birth date, birthdate, date of birth, dob, fecha de nacimiento, fecha nacimiento, fecha nac,
            f nacimiento, cumpleaños, nacimiento, data de nascimento, data nascimento, nascimento, aniversário,
            生日, 出生日期, 出生年月日, 出生年月
            """
        ),
        (
            .notes, 0.95,
            """
            note, notes, comment, comments, remark, remarks, description, memo, nota, notas, comentario, comentarios,
            observación, observaciones, descripción, comentário, comentários, observação, observações, obs, descrição,
            備註, 附註, 註記, 說明, 留言, 备注, 附注, 说明
            """
        ),
        (
            .optedOut, 0.95,
            """
            opt out, opted out, optout, unsubscribed, unsubscribe, do not contact, do not call, do not disturb, dnc,
            blocked, baja, dado de baja, de baja, no contactar, no llamar, no molestar, excluido, lista robinson,
            bloqueado, descadastrado, não contatar, não contactar, não perturbe, não ligar,
            退訂, 取消訂閱, 拒收, 拒收訊息, 拒絕行銷, 不接收, 勿擾, 黑名單, 退订, 取消订阅, 拒收信息, 拒绝营销, 勿扰, 黑名单
            """
        ),
        (
            .consent, 0.95,
            """
            consent, opt in, opted in, optin, opt in status, marketing consent, marketing opt in, whatsapp consent,
            whatsapp opt in, whatsapp opted, gdpr consent, subscribed, accepts marketing, permission, allow broadcast,
            allow campaign, consentimiento, consentimiento marketing, acepta, aceptó, acepta publicidad,
            acepta marketing, acepta whatsapp, acepta comunicaciones, autoriza, autorización, suscrito, rgpd,
            consentimento, aceita, aceitou, aceita marketing, aceita receber mensagens, autorização, inscrito, lgpd,
            同意, 是否同意, 同意行銷, 行銷同意, 同意接收, 同意接收訊息, 同意推播, 訂閱, 是否訂閱,
            同意营销, 营销同意, 同意接收信息, 订阅, 是否订阅
            """
        ),
        (
            .whatsAppID, 0.95,
            """
            wa id, waid, whatsapp id, whatsapp user id, bsuid, business scoped user id, id de whatsapp, id whatsapp,
            id do whatsapp, jid
            """
        ),
        (
            .externalID, 0.9,
            """
            external id, contact id, customer id, client id, user id, member id, record id, crm id, lead id, identifier,
            uid, uuid, customer number, customer no, client number, member no, member number, customer code,
            id cliente, id de cliente, id del cliente, id contacto, id externo, código de cliente, código cliente,
            número de cliente, nº cliente, identificador, id do cliente, código do cliente, número do cliente, matrícula,
            客戶編號, 客戶代號, 會員編號, 會員號, 會員卡號, 顧客編號, 識別碼, 客户编号, 会员编号, 会员号, 会员卡号,
            顾客编号, 识别码
            """
        ),
        (.externalID, 0.7, "id, code, reference, ref, código, referencia, referência, 編號, 代號, 编号, 代码"),
    ]

    /// Words that tell the meaning of a longer heading; the first found counts.
    static let telling: [(word: String, meaning: ColumnMeaning)] = {
        let lists: [(ColumnMeaning, String)] = [
            (.optedOut, "unsubscribed optout 退訂 退订 拒收"),
            (.email, "email mail correo 郵件 電郵 信箱 邮箱 邮件"),
            (
                .phone,
                "phone telephone mobile cell cellphone whatsapp telefono movil celular telefone telemovel 電話 手機 电话 手机"
            ),
            (.birthday, "birthday birthdate nacimiento nascimento 生日"),
            (.company, "company empresa 公司"),
            (.country, "country pais 國家 国家"),
            (.labels, "tag tags label labels etiqueta etiquetas 標籤 标签"),
            (.consent, "consent optin consentimiento consentimento 同意"),
            (.language, "language idioma 語言 语言"),
            (.familyName, "surname apellido apellidos sobrenome"),
            (.name, "name nombre nome 姓名"),
            (.notes, "notes notas comments comentarios 備註 备注"),
        ]
        return lists.flatMap { list in list.1.split(separator: " ").map { (String($0), list.0) } }
    }()

    /// Words that make a heading speak of something or somebody else: `Phone type`, `Last e-mail sent`, `Responsible
    /// user's name`, `Teléfono de emergencia`, `Número de pedido`.
    static let aboutOthers = [
        "type", "status", "verified", "valid", "date", "time", "sent", "opened", "count", "created", "updated", "owner",
        "assignee", "agent", "user", "campaign", "template", "product", "file", "tipo", "estado", "fecha", "creado",
        "responsable", "agente", "usuario", "campana", "data", "criado", "responsavel", "plantilla", "fax",
        "狀態", "日期", "時間", "類型", "负责人", "負責人", "状态", "时间", "类型", "業務員",
        // Other people.
        "emergency", "spouse", "husband", "wife", "father", "mother", "parent", "guardian", "kin", "emergencia",
        "conyuge", "esposo", "esposa", "padre", "madre", "tutor", "familiar", "conjuge", "marido", "pai", "mae",
        "緊急", "紧急", "配偶", "父親", "父亲", "母親", "母亲", "家長", "家长", "監護", "监护",
        // Other things with long numbers.
        "order", "invoice", "account", "pedido", "factura", "cuenta", "fatura", "conta", "訂單", "订单", "發票", "发票",
        "帳號", "账号", "帳戶", "账户", "傳真", "传真",
    ]
}
