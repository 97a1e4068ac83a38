/// One simulated person: who they are, what they want, and how far their conversation has come.
struct SimulatedCustomer: Sendable {
    let phone: String
    let name: String
    let identity: IdentityMode
    let language: CustomerLanguage
    var random: SeededRandom
    private(set) var scenario: Scenario
    private(set) var step = 0
    /// Grows with everything that happens: what was planned for an earlier state no longer counts.
    private(set) var epoch = 0
    private(set) var isWaiting = false
    private(set) var hasSaidThanks = false

    init(index: Int, seed: UInt64) {
        var random = SeededRandom(seed: seed &+ UInt64(index) &* 0x9E37_79B9)
        let languages: [CustomerLanguage] = [.spanish, .spanish, .english, .portuguese, .chinese]
        language = languages[index % languages.count]
        let pattern = language.numbers[index / languages.count % language.numbers.count]
        // The index keeps numbers apart, the rest makes them look like any other.
        let tail = String(10_000_000_000 + index * 7919 + Int.random(in: 0..<1000, using: &random) * 10_000_000)
        phone = pattern.prefix + tail.suffix(pattern.digits)
        name = language.names[(index / languages.count + index) % language.names.count]
        identity =
            switch index % 10 {
            case 3: .usernameAndPhone
            case 7: .username
            default: .phoneAndBSUID
            }
        scenario = language.scenarios[Int.random(in: 0..<language.scenarios.count, using: &random)]
        self.random = random
    }

    var currentStep: Scenario.Step? { step < scenario.steps.count ? scenario.steps[step] : nil }

    mutating func advance() {
        step += 1
        epoch += 1
        isWaiting = false
    }

    mutating func wait() {
        epoch += 1
        isWaiting = true
    }

    mutating func touch() { epoch += 1 }

    mutating func sayThanks() -> String {
        hasSaidThanks = true
        epoch += 1
        return language.thanks[Int.random(in: 0..<language.thanks.count, using: &random)]
    }

    mutating func beginAnother() {
        scenario = language.scenarios[Int.random(in: 0..<language.scenarios.count, using: &random)]
        step = 0
        epoch += 1
        isWaiting = false
        hasSaidThanks = false
    }

    /// A wait around `mean` milliseconds, from half to one and a half.
    mutating func wait(around mean: Int64) -> Int64 {
        mean <= 0 ? 0 : Int64.random(in: mean / 2...mean * 3 / 2, using: &random)
    }
}
