/// The families of languages simulated customers write in, each with its countries.
enum CustomerLanguage: CaseIterable, Sendable {
    case spanish, english, portuguese, chinese

    var scenarios: [Scenario] {
        switch self {
        case .spanish: SpanishScenarios.all
        case .english: EnglishScenarios.all
        case .portuguese: PortugueseScenarios.all
        case .chinese: ChineseScenarios.all
        }
    }

    /// How mobile numbers begin, and how many digits follow.
    var numbers: [(prefix: String, digits: Int)] {
        switch self {
        case .spanish:
            [
                ("346", 8), ("52155", 8), ("57310", 7), ("54911", 8), ("569", 8), ("519", 8), ("5939", 8), ("346", 8),
            ]
        case .english: [("1415", 7), ("447", 9), ("9198", 8), ("614", 8), ("1305", 7)]
        case .portuguese: [("55119", 8), ("55219", 8), ("35191", 7)]
        case .chinese: [("8869", 8), ("8529", 7), ("86138", 8), ("659", 7), ("8869", 8)]
        }
    }

    var names: [String] {
        switch self {
        case .spanish:
            [
                "Lucía Fernández", "Mateo Herrera", "Valentina Ríos", "Carlos Medina", "Ana Belén Soto",
                "Diego Paredes",
                "Camila Torres", "Javier Ibáñez", "Rosa Quispe", "Martín Acosta", "Paula Navarro", "Andrés Molina",
            ]
        case .english:
            [
                "Emily Carter", "James Okafor", "Priya Nair", "Liam O'Brien", "Sofia Rossi", "Noah Bennett",
                "Aisha Khan", "Grace Miller", "Oliver Hughes", "Hannah Lee",
            ]
        case .portuguese:
            [
                "Mariana Souza", "Rafael Almeida", "Beatriz Costa", "Thiago Ramos", "Camila Nogueira", "João Pereira",
                "Larissa Dias", "Pedro Martins",
            ]
        case .chinese:
            ["陳怡君", "林志豪", "王美玲", "張家豪", "李淑芬", "黃俊傑", "吳雅婷", "刘洋", "赵敏", "蔡宗翰"]
        }
    }

    /// What is said when everything is settled.
    var thanks: [String] {
        switch self {
        case .spanish:
            ["¡Muchas gracias!", "Perfecto, gracias 🙏", "Genial, quedo pendiente. Gracias", "Ok, gracias por la ayuda"]
        case .english:
            ["Thanks so much!", "Perfect, thank you 🙏", "Great, that helps a lot", "Ok, thanks for your help"]
        case .portuguese: ["Muito obrigada!", "Perfeito, obrigado 🙏", "Ótimo, fico no aguardo", "Ok, valeu pela ajuda"]
        case .chinese: ["好的，謝謝你！", "太好了，感謝 🙏", "了解，謝謝幫忙", "好，我知道了"]
        }
    }
}
