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

    /// One for each business number they have to do with.
    private var ties: [CustomerTie] = []
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

    subscript(numberID: String) -> CustomerTie {
        get { ties.first { $0.numberID == numberID } ?? CustomerTie(numberID: numberID) }
        set {
            let index = ties.firstIndex { $0.numberID == numberID }
            if let index { ties[index] = newValue } else { ties.append(newValue) }
        }
    }

    var lastInbound: Timestamp? { ties.compactMap(\.lastInbound).max() }

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
