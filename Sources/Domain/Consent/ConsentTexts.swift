/// What Puente writes to customers about consent, in one language. `{company}` stands for the company's name, so that
/// each of them says who writes.
package struct ConsentTexts: Equatable, Codable, Sendable {
    /// After a withdrawal.
    package var confirmation: String
    /// Double opt-in: the question, and its two buttons.
    package var question: String
    package var yes: String
    package var no: String
    /// The question once more, when nobody has answered.
    package var reminder: String
    /// After a yes.
    package var thanks: String

    package init(
        confirmation: String, question: String, yes: String, no: String, reminder: String, thanks: String
    ) {
        self.confirmation = confirmation
        self.question = question
        self.yes = yes
        self.no = no
        self.reminder = reminder
        self.thanks = thanks
    }

    package static let company = "{company}"

    /// Meta's limits of a message with buttons.
    package static let longestText = 1024
    package static let longestButton = 20

    package static func filled(_ text: String, company: String) -> String {
        text.replacing(Self.company, with: company)
    }
}

extension ConsentTexts {
    /// Until a company writes its own.
    package static func standard(_ language: ConsentLanguage) -> ConsentTexts {
        switch language {
        case .spanish:
            ConsentTexts(
                confirmation:
                    "{company}: hecho, no le enviaremos más promociones. Si cambia de opinión, escriba ALTA.",
                question:
                    "{company}: ¿quiere recibir por WhatsApp nuestras ofertas y novedades? Puede dejarlo cuando quiera escribiendo BAJA.",
                yes: "Sí, quiero", no: "No, gracias",
                reminder:
                    "{company}: hace poco le preguntamos si quiere recibir nuestras ofertas y novedades por WhatsApp. ¿Qué nos dice? Puede dejarlo cuando quiera escribiendo BAJA.",
                thanks: "{company}: gracias, queda anotado. Para dejar de recibir ofertas, escriba BAJA.")
        case .english:
            ConsentTexts(
                confirmation:
                    "{company}: we will send you no more promotions. If you change your mind, write START.",
                question:
                    "{company}: would you like to get our offers and news on WhatsApp? You can end this at any time by writing STOP.",
                yes: "Yes, please", no: "No, thank you",
                reminder:
                    "{company}: a little while ago we asked whether you would like our offers and news on WhatsApp. Would you? You can end this at any time by writing STOP.",
                thanks: "{company}: thank you, that is noted. To get no more offers, write STOP.")
        case .portuguese:
            ConsentTexts(
                confirmation:
                    "{company}: pronto, não enviaremos mais promoções. Se mudar de ideia, escreva QUERO RECEBER OFERTAS.",
                question:
                    "{company}: quer receber nossas ofertas e novidades pelo WhatsApp? Pode sair quando quiser escrevendo SAIR.",
                yes: "Sim, quero", no: "Não, obrigado",
                reminder:
                    "{company}: há pouco perguntamos se quer receber nossas ofertas e novidades pelo WhatsApp. O que nos diz? Pode sair quando quiser escrevendo SAIR.",
                thanks: "{company}: obrigado, está anotado. Para não receber mais ofertas, escreva SAIR.")
        case .french:
            ConsentTexts(
                confirmation:
                    "{company} : c’est fait, vous ne recevrez plus de promotions. Si vous changez d’avis, écrivez REPRENDRE.",
                question:
                    "{company} : souhaitez-vous recevoir nos offres et nouveautés sur WhatsApp ? Vous pouvez arrêter à tout moment en écrivant STOP.",
                yes: "Oui, volontiers", no: "Non, merci",
                reminder:
                    "{company} : nous vous avons demandé si vous souhaitez recevoir nos offres et nouveautés sur WhatsApp. Qu’en dites-vous ? Vous pouvez arrêter à tout moment en écrivant STOP.",
                thanks: "{company} : merci, c’est noté. Pour ne plus recevoir d’offres, écrivez STOP.")
        case .simplifiedChinese:
            ConsentTexts(
                confirmation: "{company}：已为您办理，今后不再发送推广信息。如改变主意，请回复“订阅”。",
                question: "{company}：您愿意通过 WhatsApp 接收我们的优惠和新消息吗？回复“退订”可随时停止。",
                yes: "愿意", no: "不用了",
                reminder: "{company}：之前曾询问您是否愿意通过 WhatsApp 接收我们的优惠和新消息，您的意思如何？回复“退订”可随时停止。",
                thanks: "{company}：谢谢，已经记下。如不想再收到优惠信息，请回复“退订”。")
        case .traditionalChinese:
            ConsentTexts(
                confirmation: "{company}：已為您辦理，今後不再發送促銷訊息。若改變主意，請回覆「訂閱」。",
                question: "{company}：您願意透過 WhatsApp 接收我們的優惠和新消息嗎？回覆「退訂」可隨時停止。",
                yes: "願意", no: "不用了",
                reminder: "{company}：先前曾詢問您是否願意透過 WhatsApp 接收我們的優惠和新消息，您的意思如何？回覆「退訂」可隨時停止。",
                thanks: "{company}：謝謝，已經記下。若不想再收到優惠訊息，請回覆「退訂」。")
        }
    }
}
