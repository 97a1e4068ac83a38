import Domain

/// A person with WhatsApp, as the sandbox knows them.
struct Customer: Sendable {
    /// Digits; what Meta sends as `wa_id`.
    var phone: String
    var name: String
    var username: String
    var bsuid: String
    var parentBSUID: String?
    var identity: IdentityMode
    var behaviour = CustomerBehaviour()

    /// When they last wrote: the 24-hour window counts from here.
    var lastInbound: Timestamp?
    /// Set when they came by an advertisement; an answer within 24 hours opens 72 free hours.
    var cameByAdAt: Timestamp?
    var freeEntryUntil: Timestamp?
    /// The pair limit of this customer, made at the first message.
    var pairLimit: TokenBucket?
    /// How often they changed their number: each gives a new user id.
    var generation = 0

    /// The key under which all national forms of a number find the same customer.
    static func key(ofPhone digits: String) -> String { WhatsAppNumber.registered(digits) }

    var key: String { Self.key(ofPhone: phone) }

    init(phone: String, name: String? = nil, identity: IdentityMode = .phoneAndBSUID) {
        self.phone = phone
        self.name = name ?? "Cliente \(phone.suffix(4))"
        self.identity = identity
        username = "user.\(phone.suffix(8))"
        bsuid = Self.bsuid(phone: phone, generation: 0)
    }

    func hasOpenWindow(at now: Timestamp) -> Bool {
        lastInbound.map { now - $0 < .hours(24) } ?? false
    }

    mutating func move(to newPhone: String) {
        phone = newPhone
        generation += 1
        bsuid = Self.bsuid(phone: newPhone, generation: generation)
        if parentBSUID != nil { parentBSUID = Self.parentBSUID(of: bsuid) }
    }

    /// `CC.` and 19 to 20 digits that follow from the number, so that a run can be repeated.
    static func bsuid(phone: String, generation: Int) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(phone)#\(generation)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "\(CallingCodes.country(of: phone)).\(10_000_000_000_000_000_00 + hash % 8_000_000_000_000_000_000)"
    }

    static func parentBSUID(of bsuid: String) -> String {
        let parts = bsuid.split(separator: ".", maxSplits: 1)
        return "\(parts[0]).ENT.\(String(parts.last ?? "").reversed().map(String.init).joined())"
    }
}

/// What a customer does of themselves.
struct CustomerBehaviour: Sendable {
    /// Read receipts; nil leaves it to the configured share.
    var reads: Bool?
    /// Without WhatsApp a message fails with 131026.
    var isOnWhatsApp = true
    /// A phone that is switched off: `sent` is the last status.
    var isReachable = true
    /// Marketing was stopped in the app: 131050.
    var hasStoppedMarketing = false
}
