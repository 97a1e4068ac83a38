internal import CPhoneNumber
internal import Synchronization

/// All numbering plans of the installed libphonenumber, found by calling code and by region.
///
/// The library keeps them as text and asks a general engine for regular expressions, which takes 10 to 25 µs a number.
/// Here they are made ready once, at the first number of each calling code, and a number takes well under 1 µs. What
/// this reader does not know is left to the library, so nothing depends on it but speed.
final class PlanBook: Sendable {
    /// Nil when the library does not show its plans.
    static let installed: PlanBook? = {
        var bytes: UnsafePointer<UInt8>?
        var length = 0
        guard puente_phone_plans(&bytes, &length), let bytes else { return nil }
        return PlanBook(UnsafeRawBufferPointer(start: bytes, count: length))
    }()

    /// Calling codes have one to three digits.
    private let byCallingCode: [PlanEntry?]
    private let byRegion: [PlanEntry?]

    /// - Parameter collection: a serialized PhoneMetadataCollection.
    init(_ collection: UnsafeRawBufferPointer) {
        let texts = WireFields(collection[...]).filter { $0.number == 1 }.map { PlanText($0.value.message) }
        var byCallingCode = [PlanEntry?](repeating: nil, count: 1000)
        var byRegion = [PlanEntry?](repeating: nil, count: RegionKey.count)
        for (code, texts) in Dictionary(grouping: texts, by: \.callingCode) where (1...999).contains(code) {
            let entry = PlanEntry(texts.filter(\.isMainOfItsCode) + texts.filter { !$0.isMainOfItsCode })
            byCallingCode[code] = entry
            for text in texts {
                if let key = RegionKey(text.region) { byRegion[key.index] = entry }
            }
        }
        self.byCallingCode = byCallingCode
        self.byRegion = byRegion
    }

    /// The plans of a region's calling code and which of them is the region's own; nil for a region that has none.
    func plans(of region: RegionKey) -> (plans: CallingCodePlans, own: NumberPlan)? {
        guard let plans = byRegion[region.index]?.plans, let own = plans.plan(of: region) else { return nil }
        return (plans, own)
    }

    /// Whether any country has this code, and numbers without a country code can be read there.
    func has(_ region: RegionKey) -> Bool { byRegion[region.index] != nil }

    /// Takes the calling code from the beginning of an international number.
    func split(_ digits: DigitString) -> (plans: CallingCodePlans, national: DigitString)? {
        guard !digits.isEmpty, digits[0] != 0 else { return nil }
        var code = 0
        for length in 1...min(3, digits.count) {
            code = code * 10 + Int(digits[length - 1])
            if let entry = byCallingCode[code] {
                return entry.plans.map { ($0, digits.dropFirst(length)) }
            }
        }
        return nil
    }
}

/// The plans of one calling code, made ready when they are first asked for.
private final class PlanEntry: Sendable {
    private let texts: [PlanText]
    private let ready = AtomicLazyReference<Readied>()

    private final class Readied: Sendable {
        let plans: CallingCodePlans?
        init(_ plans: CallingCodePlans?) { self.plans = plans }
    }

    /// - Parameter texts: the main region's first.
    init(_ texts: [PlanText]) {
        self.texts = texts
    }

    /// Nil when one of them holds what this reader has not learnt.
    var plans: CallingCodePlans? {
        (ready.load() ?? ready.storeIfNil(Readied(CallingCodePlans(texts)))).plans
    }
}
