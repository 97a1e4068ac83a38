internal import Domain

/// A language as lists write it: `es`, `es-MX`, `pt_BR`, `Spanish`, `español`, `中文`.
struct LanguageTag: Equatable {
    /// `es`, `pt_BR`.
    let text: String

    init?(_ written: String) {
        let folded = written.folded
        if let known = Self.names[folded] {
            text = known
            return
        }
        let parts = written.split { $0 == "-" || $0 == "_" || $0.isWhitespace }
        guard let first = parts.first, (2...3).contains(first.count), first.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return nil }
        let language = first.lowercased()
        guard Self.codes.contains(language) else { return nil }
        // The last part: in zh_Hant_TW the country.
        let country = parts.dropFirst().last.flatMap { part in
            part.count == 2 && part.allSatisfy { $0.isASCII && $0.isLetter } ? part.uppercased() : nil
        }
        text = country.map { "\(language)_\($0)" } ?? language
    }

    /// ISO 639-1.
    private static let codes = Set(
        """
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
        eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
        ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
        ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st
        su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu fil
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// By the folded name.
    private static let names: [String: String] = {
        let lists: [(String, String)] = [
            ("es", "spanish español castellano espanhol 西班牙文 西班牙語 西班牙语 espanol"),
            ("en", "english inglés inglês 英文 英語 英语"), ("pt", "portuguese portugués português 葡萄牙文 葡萄牙語"),
            ("fr", "french francés francês français 法文 法語 法语"), ("de", "german alemán alemão deutsch 德文 德語"),
            ("it", "italian italiano 義大利文 意大利语"), ("zh", "chinese chino chinês 中文 華語 汉语 mandarin mandarín"),
            ("zh_TW", "繁體中文 正體中文"), ("zh_CN", "简体中文 簡體中文"), ("ja", "japanese japonés japonês 日本語 日文 日语"),
            ("ko", "korean coreano 韓文 한국어"), ("hi", "hindi हिन्दी"), ("id", "indonesian indonesio"),
            ("ar", "arabic árabe العربية"), ("ru", "russian ruso russo русский"), ("vi", "vietnamese vietnamita"),
            ("th", "thai tailandés"), ("ca", "catalan catalán català"), ("nl", "dutch holandés neerlandés"),
        ]
        var names: [String: String] = [:]
        for (code, words) in lists {
            for word in words.split(separator: " ") { names[String(word).folded] = code }
        }
        return names
    }()
}
