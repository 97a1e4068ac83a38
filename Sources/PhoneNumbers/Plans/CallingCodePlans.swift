import Domain

/// The plans of all regions that share one calling code. At least one.
final class CallingCodePlans: Sendable {
    let callingCode: Int
    let digits: DigitString
    /// The main region's first.
    private let plans: [NumberPlan]
    private let keys: [RegionKey?]

    /// Nil when there is none, or when one of them holds what this reader has not learnt.
    init?(_ texts: [PlanText]) {
        plans = texts.compactMap { NumberPlan($0) }
        guard let first = plans.first, plans.count == texts.count else { return nil }
        callingCode = first.callingCode
        digits = DigitString(callingCode)
        keys = plans.map { RegionKey($0.region) }
    }

    var main: NumberPlan { plans[0] }

    func plan(of region: RegionKey) -> NumberPlan? {
        keys.firstIndex(of: region).map { plans[$0] }
    }

    /// The region that a national number belongs to and its kind there; nil when no plan has such a number.
    func place(_ number: DigitString) -> (region: String, kind: PhoneNumberKind)? {
        let owner = plans.count == 1 ? main : plans.first { $0.claims(number) }
        return owner.flatMap { owner in owner.kind(of: number).map { (owner.region, $0) } }
    }
}
