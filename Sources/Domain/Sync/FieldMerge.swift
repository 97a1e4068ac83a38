/// The three-way comparison of one field: who changed it since both sides agreed, and who is right.
///
/// Blanks never overwrite. A withdrawn consent wins, until one side alone says otherwise afterwards. Values are compared as
/// ``FieldShape/canonical(_:phones:)`` has them, so that another writing of the same is no change.
package struct FieldMerge: Sendable {
    /// As far apart as two clocks may be: nobody is later.
    package static let clockTolerance: Duration = .seconds(2)

    package let shape: FieldShape
    package let direction: SyncDirection
    package let rule: SyncRule
    private let phones: @Sendable (String) -> String?

    /// - Parameter phones: digits with country code of a number in any writing; nil for what is none.
    package init(
        shape: FieldShape, direction: SyncDirection, rule: SyncRule, phones: @escaping @Sendable (String) -> String?
    ) {
        self.shape = shape
        self.direction = direction
        self.rule = rule
        self.phones = phones
    }

    package func verdict(_ sides: FieldSides) -> FieldVerdict {
        let kind = kind(of: sides)
        let (ours, theirs) = (canonical(sides.ours, kind), canonical(sides.theirs, kind))
        guard ours != theirs else { return .agree(ours.isEmpty ? nil : sides.theirs) }
        if shape == .set { return ofSets(sides) }
        let agreed = canonical(sides.agreed, kind)
        // Who empties a field does not want it filled with what was there; another value is news.
        if ours.isEmpty { return fill(from: .theirs, wasEmptied: theirs == agreed, sides) }
        if theirs.isEmpty { return fill(from: .ours, wasEmptied: ours == agreed, sides) }
        return decided(by: winner(ours, theirs, agreed: agreed, sides), sides, agreed: agreed)
    }

    /// What both sides say, and agree on, once a verdict was carried out. Sets agree on what both have: a word that only
    /// one side may keep was never the other's to take away.
    package func settled(_ sides: FieldSides, by verdict: FieldVerdict) -> FieldSides {
        var after = sides
        switch verdict {
        case .agree(let value): after.agreed = value
        case .give(let value): (after.theirs, after.agreed) = (value, value)
        case .take(let value): (after.ours, after.agreed) = (value, value)
        case .both(let value): (after.ours, after.theirs, after.agreed) = (value, value, value)
        case .conflict, .differ: return sides
        }
        if shape == .set { after.agreed = SyncSet(after.ours ?? "").common(with: SyncSet(after.theirs ?? "")).text }
        return after
    }

    // MARK: Who is right

    private enum Side { case ours, theirs }
    private enum Winner { case one(Side), person, nobody }

    private func winner(_ ours: String, _ theirs: String, agreed: String, _ sides: FieldSides) -> Winner {
        if !agreed.isEmpty {
            if theirs == agreed { return .one(.ours) }
            if ours == agreed { return .one(.theirs) }
        }
        if shape == .consent { return .one(ours == SyncConsent.withdrawn.rawValue ? .ours : .theirs) }
        return byRule(sides)
    }

    private func byRule(_ sides: FieldSides) -> Winner {
        switch rule {
        case .crmWins: .one(.theirs)
        case .puenteWins: .one(.ours)
        case .ask: .person
        case .fillBlank: .nobody
        case .newest: .one(isOursNewer(sides) ? .ours : .theirs)
        }
    }

    /// Where both clocks say the same, or one says nothing, the CRM is believed: people there work on its contacts.
    private func isOursNewer(_ sides: FieldSides) -> Bool {
        guard let ours = sides.oursAt, let theirs = sides.theirsAt else { return false }
        return ours - theirs > Self.clockTolerance
    }

    // MARK: What follows

    private func decided(by winner: Winner, _ sides: FieldSides, agreed: String) -> FieldVerdict {
        switch winner {
        case .person: .conflict
        case .nobody: .differ(.filled)
        case .one(.ours): give(sides) ?? enforced(.theirs, sides)
        case .one(.theirs): take(sides) ?? enforced(.ours, sides)
        }
    }

    /// The side that changed cannot be heard. Where the rule says that the other one is right, it says so again.
    private func enforced(_ other: Side, _ sides: FieldSides) -> FieldVerdict {
        guard shape != .consent else { return .differ(.direction) }
        switch (other, rule) {
        case (.ours, .puenteWins): return give(sides) ?? .differ(.direction)
        case (.theirs, .crmWins): return take(sides) ?? .differ(.direction)
        default: return .differ(.direction)
        }
    }

    private func fill(from side: Side, wasEmptied: Bool, _ sides: FieldSides) -> FieldVerdict {
        guard !wasEmptied else { return .differ(.emptied) }
        switch side {
        case .ours: return give(sides) ?? .differ(.direction)
        case .theirs: return take(sides) ?? .differ(.direction)
        }
    }

    private func give(_ sides: FieldSides) -> FieldVerdict? {
        direction.givesOurs ? sides.ours.map(FieldVerdict.give) : nil
    }
    private func take(_ sides: FieldSides) -> FieldVerdict? {
        direction.takesTheirs ? sides.theirs.map(FieldVerdict.take) : nil
    }

    // MARK: Sets

    private func ofSets(_ sides: FieldSides) -> FieldVerdict {
        let (ours, theirs) = (SyncSet(sides.ours ?? ""), SyncSet(sides.theirs ?? ""))
        let merged = SyncSet.merged(ours, theirs, agreed: SyncSet(sides.agreed ?? ""))
        switch direction {
        case .both:
            if merged.text == theirs.text { return .take(merged.text) }
            return merged.text == ours.text ? .give(merged.text) : .both(merged.text)
        // What the other side alone has is its own.
        case .toCRM: return merged.text == theirs.text ? .differ(.direction) : .give(merged.text)
        case .fromCRM: return merged.text == ours.text ? .differ(.direction) : .take(merged.text)
        }
    }

    private func canonical(_ text: String?, _ kind: FieldShape) -> String { kind.canonical(text, phones: phones) }

    /// A field of the CRM's for days holds the day of a moment: such a moment is compared by its day.
    private func kind(of sides: FieldSides) -> FieldShape {
        guard shape == .moment, let theirs = sides.theirs?.tidied, theirs.utf8.count == 10,
            FieldTransform.DateForm.yearMonthDay.read(theirs) != nil
        else { return shape }
        return .date
    }
}
