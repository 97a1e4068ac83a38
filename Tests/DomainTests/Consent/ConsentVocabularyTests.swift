import Domain
import Testing

@Suite struct ConsentVocabularyTests {
    private let vocabulary = ConsentVocabulary(withdrawals: ["Ya basta amigo", "start"], starts: ["Quiero más"])

    private func meaning(_ text: String) -> ConsentVocabulary.Meaning? {
        vocabulary.hit(.text(TextContent(body: text)))?.meaning
    }

    @Test(arguments: [
        "STOP", "stop", " Stop! ", "¡BAJA!", "baja 🙏", "Baja.", "“baja”", "Darme de  baja", "SAIR", "Descadastrar",
        "Arrêt", "ARRET", "désabonner", "Désabonnez-moi !", "退订", "退訂", "取消訂閱。", "停止", "不要再发了！", "ＳＴＯＰ",
        "ST\u{200B}OP", "unsubscribe", "Opt-out", "don’t contact me", "No más promociones", "STOP\n", "parar",
        "Cancelar suscripción", "td", "TD", "De\u{301}sabonner",
    ])
    func `a message that is nothing but a withdrawal word withdraws, however it is written`(text: String) {
        #expect(meaning(text) == .withdrawal)
    }

    @Test(arguments: [
        "Hola", "", "   ", "🛑", "no quiero parar ahora", "Please stop by tomorrow", "¿Cuándo llega mi pedido? STOP",
        "la baja temporada", "cancelar", "no más", "stop stop stop it", "请不要停止发送", "je ne peux pas arrêter maintenant",
        "non", "no", "fin", "end", "estop", "stopp",
    ])
    func `inside a sentence, or for something else, it means nothing`(text: String) {
        #expect(meaning(text) == nil)
    }

    @Test(arguments: [
        "ALTA", "start me up", "Subscribe", "订阅", "訂閱", "reprendre", "quero receber ofertas", "quiero mas!",
    ])
    func `start words ask for promotions`(text: String) {
        #expect(meaning(text) == (text == "start me up" ? nil : .start))
    }

    @Test func `a company's own words count, and what ends marketing goes first`() {
        #expect(meaning("¡Ya basta, amigo!") == .withdrawal)
        #expect(meaning("START") == .withdrawal)
        #expect(ConsentVocabulary().hit(.text(TextContent(body: "START")))?.meaning == .start)
    }

    @Test func `the button of a template that stops promotions withdraws, whatever stands behind it`() {
        func pressed(_ title: String, _ id: String?, _ kind: ChoiceContent.Kind = .quickReply) -> Bool {
            vocabulary.hit(.choice(ChoiceContent(kind: kind, id: id, title: title)))?.meaning == .withdrawal
        }
        #expect(pressed("No más promociones", "No más promociones"))
        #expect(pressed("Stop promotions", nil))
        #expect(pressed("Ya no, gracias", "STOP"))
        #expect(pressed("Baja", "menu.3", .list))
        #expect(!pressed("Sair", "menu.exit", .button))
        #expect(!pressed("Ya no, gracias", "no"))
        #expect(!pressed("STOP", nil, .flow))
    }

    @Test func `what was said is kept as it was written, with the languages that say it`() throws {
        let hit = try #require(vocabulary.hit(.text(TextContent(body: "¡Parar!"))))
        #expect(hit.words == "¡Parar!")
        #expect(hit.languages == [.spanish, .portuguese])
        #expect(vocabulary.hit(.media(MediaContent(kind: .image, caption: "STOP"))) == nil)
    }

    @Test func `no word both ends promotions and asks for them, in whatever language`() {
        func words(_ lists: [ConsentLanguage: [String]]) -> Set<SpokenWord> {
            Set(lists.values.joined().compactMap(SpokenWord.init))
        }
        let (ends, starts) = (words(WithdrawalWords.byLanguage), words(StartWords.byLanguage))
        #expect(ends.intersection(starts).isEmpty)
        for language in ConsentLanguage.allCases {
            #expect((WithdrawalWords.byLanguage[language] ?? []).count >= 15, "\(language)")
            #expect(!(StartWords.byLanguage[language] ?? []).isEmpty, "\(language)")
        }
    }

    @Test(arguments: ConsentLanguage.allCases)
    func `the standard texts work, and name words that are understood`(language: ConsentLanguage) throws {
        let texts = ConsentTexts.standard(language)
        #expect(texts.problem == nil)
        let understood = ConsentVocabulary()
        let ends = (WithdrawalWords.byLanguage[language] ?? []).contains { word in
            [texts.question, texts.reminder, texts.thanks].allSatisfy {
                $0.lowercased().contains(word.lowercased())
                    && understood.hit(.text(TextContent(body: word)))?.meaning == .withdrawal
            }
        }
        let starts = (StartWords.byLanguage[language] ?? []).contains {
            texts.confirmation.lowercased().contains($0.lowercased())
        }
        #expect(ends && starts)
    }

    @Test func `settings that could not work are told`() {
        func detail(_ change: (inout ConsentSettings) -> Void) -> String? {
            var settings = ConsentSettings()
            change(&settings)
            return settings.problem?.detail
        }
        #expect(detail { _ in } == nil)
        #expect(detail { $0.withdrawalWords = ["…"] } == "words")
        #expect(detail { $0.withdrawalWords = [String(repeating: "palabra ", count: 60)] } == "words")
        #expect(detail { $0.startWords = ["Baja"] } == "words")
        #expect(detail { $0.questionHours = 0 } == "question_hours")
        #expect(detail { $0.reminderHours = 72 } == "reminder_hours")
        #expect(detail { $0.reminderHours = nil } == nil)
        var texts = ConsentTexts.standard(.spanish)
        texts.question = "¿Quiere ofertas?"
        #expect(detail { $0.texts[.spanish] = texts } == "texts")
        texts = .standard(.spanish)
        texts.no = texts.yes
        #expect(detail { $0.texts[.spanish] = texts } == "texts")
    }
}
