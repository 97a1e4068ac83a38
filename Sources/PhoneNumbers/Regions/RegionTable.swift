internal import Domain

/// Regions by everything they are called.
struct RegionTable: Sendable {
    static let shared = RegionTable(regionNames)

    let regions: [PhoneRegion]
    private let byName: [String: Int]

    /// - Parameter text: a line for each region, see ``regionNames``.
    init(_ text: String) {
        var regions: [PhoneRegion] = []
        var byName: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2).map { String($0) }
            let names = words[2].split(separator: "|").map { String($0) }
            for name in words[0..<2] + names { byName[name.folded] = regions.count }
            regions.append(
                PhoneRegion(code: words[0], name: .init(en: names[0], es: names[1])))
        }
        self.regions = regions
        self.byName = byName
    }

    func region(_ written: String) -> PhoneRegion? {
        let name = written.folded
        if let index = byName[name] { return regions[index] }
        return callingCode(name).flatMap(mainRegion)
    }

    /// "+52", "52" and "0052".
    private func callingCode(_ folded: String) -> DigitString? {
        guard let digits = DigitString(folded) else { return nil }
        let code = digits.hasPrefix([0, 0]) ? digits.dropFirst(2) : digits
        return (1...3).contains(code.count) ? code : nil
    }

    private func mainRegion(_ code: DigitString) -> PhoneRegion? {
        guard let (plans, rest) = PlanBook.installed?.split(code), rest.isEmpty else { return nil }
        return byName[plans.main.region.folded].map { regions[$0] }
    }
}
