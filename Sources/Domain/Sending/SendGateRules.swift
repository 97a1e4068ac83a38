/// How strict a company's gate is, beyond what holds for everybody. Kept as the setting `send_gate`.
package struct SendGateRules: Equatable, Sendable {
    /// Marketing needs a yes that the person confirmed (R11: 100 %), not a plain one.
    package var marketingNeedsProof: Bool
    /// Our first free-form message names the company also where the customer wrote first.
    package var namesInEveryConversation: Bool
    /// A first message that does not name the company gets ``senderLine`` as its last line, where it has room for it.
    package var addsSenderLine: Bool
    /// With ``ConsentTexts/company`` where the company's name belongs.
    package var senderLine: String

    package init(
        marketingNeedsProof: Bool = false, namesInEveryConversation: Bool = true, addsSenderLine: Bool = true,
        senderLine: String = standardSenderLine
    ) {
        self.marketingNeedsProof = marketingNeedsProof
        self.namesInEveryConversation = namesInEveryConversation
        self.addsSenderLine = addsSenderLine
        self.senderLine = senderLine
    }

    package static let settingName = "send_gate"
    package static let standardSenderLine = "— \(ConsentTexts.company)"
    /// In Unicode code points, before the name is put in.
    package static let longestSenderLine = 100
}

extension SendGateRules {
    /// What could not work; nil where everything can.
    package var problem: PuenteError? {
        guard !senderLine.contains(where: \.isNewline), senderLine.unicodeScalars.count <= Self.longestSenderLine else {
            return .senderLineTooLong
        }
        let sample = SenderName(["Puente"])
        return sample.isNamed(in: senderLine(naming: sample)) ? nil : .senderLineWithoutCompany
    }

    package func senderLine(naming sender: SenderName) -> String {
        ConsentTexts.filled(senderLine, company: sender.shown)
    }
}

extension SendGateRules: Codable {
    private enum Key: String, CodingKey {
        case marketingNeedsProof, namesInEveryConversation, addsSenderLine, senderLine
    }

    /// What an older release did not write has its standard.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let standard = SendGateRules()
        func flag(_ key: Key, _ standard: Bool) throws -> Bool {
            try container.decodeIfPresent(Bool.self, forKey: key) ?? standard
        }
        self.init(
            marketingNeedsProof: try flag(.marketingNeedsProof, standard.marketingNeedsProof),
            namesInEveryConversation: try flag(.namesInEveryConversation, standard.namesInEveryConversation),
            addsSenderLine: try flag(.addsSenderLine, standard.addsSenderLine),
            senderLine: try container.decodeIfPresent(String.self, forKey: .senderLine) ?? standard.senderLine)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(marketingNeedsProof, forKey: .marketingNeedsProof)
        try container.encode(namesInEveryConversation, forKey: .namesInEveryConversation)
        try container.encode(addsSenderLine, forKey: .addsSenderLine)
        try container.encode(senderLine, forKey: .senderLine)
    }
}

extension PuenteError {
    fileprivate static let senderLineTooLong = PuenteError(
        .invalid, detail: "sender_line",
        en: "The line that names the company is one line of at most \(SendGateRules.longestSenderLine) characters.",
        es: "La línea que nombra a la empresa es una sola, de \(SendGateRules.longestSenderLine) caracteres como mucho."
    )
    fileprivate static let senderLineWithoutCompany = PuenteError(
        .invalid, detail: "sender_line",
        en: "The line says who writes: put {company} where your company's name belongs, as a word of its own.",
        es: "La línea dice quién escribe: ponga {company} donde va el nombre de su empresa, como palabra suelta.")
}
