/// What one customer wants, step by step.
struct Scenario: Sendable {
    enum Step: Sendable, Equatable {
        case say(String)
        case image(caption: String?)
        case voice
        case document(filename: String, caption: String?)
        case location(latitude: Double, longitude: Double, name: String, address: String)
        case contact(name: String, phone: String)
        case sticker
        /// To the last thing the business said.
        case react(String)
        /// Goes on only when the business has answered, or patience ends.
        case awaitAnswer
    }

    let name: String
    let steps: [Step]

    /// Reads scenarios written as text: `# name`, then a line a step; a blank line ends a scenario.
    ///
    ///     # pedido
    ///     Hola, ¿dónde está mi pedido?
    ///     >
    ///     @image Así llegó
    ///
    /// `>` waits for an answer; `@image CAPTION`, `@voice`, `@document FILE | CAPTION`, `@contact NAME | PHONE`,
    /// `@location LAT,LONG | NAME | ADDRESS`, `@sticker`, `@react EMOJI`; anything else is said.
    static func read(_ text: String) -> [Scenario] {
        var scenarios: [Scenario] = []
        var name = ""
        var steps: [Step] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) + [Substring()] {
            if line.hasPrefix("# ") {
                name = String(line.dropFirst(2))
            } else if line.allSatisfy(\.isWhitespace) {
                if !steps.isEmpty { scenarios.append(Scenario(name: name, steps: steps)) }
                steps = []
            } else {
                steps.append(step(String(line)))
            }
        }
        return scenarios
    }

    private static func step(_ line: String) -> Step {
        if line == ">" { return .awaitAnswer }
        guard line.hasPrefix("@") else { return .say(line) }
        let word = line.dropFirst().prefix { $0 != " " }
        let rest = line.dropFirst(word.count + 1).drop { $0 == " " }
        let parts = rest.split(separator: "|").map { $0.trimmed }
        switch word {
        case "image": return .image(caption: rest.isEmpty ? nil : String(rest))
        case "voice": return .voice
        case "sticker": return .sticker
        case "react": return .react(String(rest))
        case "document" where !parts.isEmpty:
            return .document(filename: parts[0], caption: parts.count > 1 ? parts[1] : nil)
        case "contact" where parts.count == 2: return .contact(name: parts[0], phone: parts[1])
        case "location" where parts.count == 3:
            let place = parts[0].split(separator: ",").compactMap { Double($0.trimmed) }
            return place.count == 2
                ? .location(latitude: place[0], longitude: place[1], name: parts[1], address: parts[2]) : .say(line)
        default: return .say(line)
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
