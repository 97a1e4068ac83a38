import Domain

/// Says what rows do, one after the other, without doing it. The report is made with it before anything is written (see
/// ``ImportCheck``), and the writing with it again: what was shown is what happens, but for what others changed in between.
///
/// Who a row is: whomever WhatsApp knows by its user id; else whoever holds the number that the row's person is known by;
/// of a row without a number, whoever holds its address. A row whose number nobody holds, with the address of somebody
/// without a number, is that one. Nobody is joined by a name or by a further number (a household's, a switchboard's), and
/// an address that two share makes them no one person.
struct ImportPlanner {
    enum Answer {
        case plan(PersonPlan)
        /// The row cannot be taken, and why.
        case refused(ImportNote)
    }

    /// Which numbers of a row find somebody.
    enum Finding {
        /// The first: in a list it is the one that the person is known by.
        case firstNumber
        /// Any, but for what others told of somebody beside their own number: a CRM's record says not which is whose.
        case ownNumbers
    }

    let options: ImportOptions
    let finding: Finding
    let canonical: @Sendable (String) -> String
    let ids: IDGenerator
    private(set) var snapshot: ImportSnapshot
    private let sharedLabels: [PersonPlan.Label]

    init(
        _ options: ImportOptions, snapshot: ImportSnapshot, finding: Finding = .firstNumber, ids: IDGenerator,
        canonical: @escaping @Sendable (String) -> String
    ) {
        self.options = options
        self.finding = finding
        self.snapshot = snapshot
        self.canonical = canonical
        self.ids = ids
        sharedLabels = options.labels.map(PersonPlan.Label.init)
    }

    mutating func plan(_ person: ImportedPerson) -> Answer {
        guard !isErased(person) else { return .refused(.erased) }
        var plan: PersonPlan
        if let contact = match(person) {
            plan = self.plan(person, for: contact)
        } else {
            guard !person.phones.isEmpty || person.email != nil else { return .refused(.userIDUnknown) }
            plan = PersonPlan(ids.next(ContactRow.self), isNew: true)
            fill(&plan, person, known: KnownPerson(), overwriting: false)
        }
        plan.verdict = verdict(plan)
        take(plan)
        plan.hasPhone = snapshot.people[plan.contact]?.hasPhone ?? false
        return .plan(plan)
    }

    /// That somebody opted out counts for whoever has any of the numbers and addresses in the row.
    /// - Parameter contact: whom the row is planned for already.
    mutating func planWithdrawals(_ person: ImportedPerson, besides contact: ContactID? = nil) -> [PersonPlan] {
        guard person.optedOut == true else { return [] }
        var told = Set([contact].compactMap(\.self))
        let owners = person.allKeys(canonical).filter { !snapshot.erased.contains($0) }.compactMap {
            snapshot.owners[$0]
        }
        return owners.filter { told.insert($0).inserted }.map { planWithdrawal(of: $0, person) }
    }

    private mutating func planWithdrawal(of contact: ContactID, _ person: ImportedPerson) -> PersonPlan {
        var plan = PersonPlan(contact, isNew: false)
        decideConsent(&plan, person, snapshot.people[contact] ?? KnownPerson(), mayGrant: false)
        plan.verdict = .duplicate
        take(plan)
        return plan
    }

    // MARK: Who it is

    func isErased(_ person: ImportedPerson) -> Bool {
        !snapshot.erased.isDisjoint(with: person.keys(canonical))
    }

    func match(_ person: ImportedPerson) -> ContactID? {
        if let userID = person.userID, let owner = owner("bsuid", userID) { return owner }
        if let owner = findingNumbers(person).lazy.compactMap(owner(ofNumber:)).first { return owner }
        guard let email = person.email, let owner = owner("email", email.lowercased()) else { return nil }
        return person.phones.isEmpty || !(snapshot.people[owner]?.hasPhone ?? false) ? owner : nil
    }

    private func findingNumbers(_ person: ImportedPerson) -> ArraySlice<String> {
        switch finding {
        case .firstNumber: person.phones.prefix(1)
        case .ownNumbers: person.phones[...]
        }
    }

    private func owner(ofNumber phone: String) -> ContactID? {
        let value = canonical(phone)
        guard let owner = owner("phone", value) else { return nil }
        switch finding {
        case .firstNumber: return owner
        case .ownNumbers: return snapshot.people[owner]?.furtherPhones.contains(value) == true ? nil : owner
        }
    }

    private func owner(_ kind: String, _ value: String) -> ContactID? {
        snapshot.owners[HandleKey(kind: kind, value: value)]
    }

    // MARK: What it changes

    private func plan(_ person: ImportedPerson, for contact: ContactID) -> PersonPlan {
        let known = snapshot.people[contact] ?? KnownPerson()
        var plan = PersonPlan(contact, isNew: false)
        plan.isDead = known.isDead
        if known.isDead { plan.notes.append(.dead) }
        if options.existing == .skip {
            decideConsent(&plan, person, known, mayGrant: false)
        } else {
            fill(&plan, person, known: known, overwriting: options.existing == .overwrite)
        }
        return plan
    }

    private func fill(
        _ plan: inout PersonPlan, _ person: ImportedPerson, known: KnownPerson, overwriting: Bool
    ) {
        let changed = { (old: String?, new: String?) -> String? in
            guard let new, !new.isEmpty, new != old else { return nil }
            return overwriting || (old ?? "").isEmpty ? new : nil
        }
        plan.name = changed(known.name, person.name)
        plan.note(.name, from: known.name, to: plan.name)
        fillHandles(&plan, person, known, overwriting: overwriting)
        plan.language = changed(known.language, person.language)
        plan.note(.language, from: known.language, to: plan.language)
        plan.note = changed(known.note, person.note)
        plan.note(.note, from: known.note, to: plan.note)
        for field in person.fields ?? [] where changed(known.fields[field.key], field.value.text) != nil {
            plan.fields.append(field)
            plan.note(.field, field: field.key, from: known.fields[field.key], to: field.value.text)
        }
        fillLabels(&plan, person, known)
        decideConsent(&plan, person, known, mayGrant: true)
    }

    /// Labels are added to, never taken away. What a label rule put on is the list's word from now on.
    private func fillLabels(_ plan: inout PersonPlan, _ person: ImportedPerson, _ known: KnownPerson) {
        var had = known.labels
        var ruled = known.ruledLabels
        for label in sharedLabels + (person.labels ?? []).map(PersonPlan.Label.init) where !label.folded.isEmpty {
            guard had.insert(label.folded).inserted else {
                if ruled.remove(label.folded) != nil { plan.keptLabels.append(label) }
                continue
            }
            plan.labels.append(label)
            plan.note(.label, from: nil, to: label.name)
        }
    }

    // MARK: Numbers and addresses

    /// A contact that has a number keeps it: to move one from one person to another takes Meta's evidence, and which of
    /// two is to be written to is not a list's to say.
    private func fillHandles(
        _ plan: inout PersonPlan, _ person: ImportedPerson, _ known: KnownPerson, overwriting: Bool
    ) {
        // Of a contact's numbers the newest is written to: the first of the row gets the highest id.
        let phones: [PersonPlan.Address] = person.phones.reversed().map(phone).reversed()
        let free = phones.filter { owner("phone", $0.value) == nil }
        if known.phones.isEmpty {
            plan.phones = free
            if let first = free.first { plan.note(.phone, from: nil, to: "+\(first.address)") }
        } else if !free.isEmpty {
            plan.notes.append(.keepsItsPhone)
        }
        let isOthers = phones.contains { phone in owner("phone", phone.value).map { $0 != plan.contact } ?? false }
        if isOthers { plan.notes.append(.phoneOfAnother) }
        fillEmail(&plan, person, known, overwriting: overwriting)
    }

    private func phone(_ digits: String) -> PersonPlan.Address {
        PersonPlan.Address(id: ids.next(), value: canonical(digits), address: digits)
    }

    private func fillEmail(
        _ plan: inout PersonPlan, _ person: ImportedPerson, _ known: KnownPerson, overwriting: Bool
    ) {
        guard let email = person.email else { return }
        let value = email.lowercased()
        guard known.emails[value] == nil else { return }
        if let owner = owner("email", value), owner != plan.contact {
            plan.notes.append(.emailOfAnother)
            return
        }
        guard known.emails.isEmpty || overwriting else { return }
        plan.email = PersonPlan.Address(id: ids.next(), value: value, address: email)
        plan.endedEmails = known.emails.values.sorted()
        plan.endedValues = known.emails.keys.sorted()
        plan.note(.email, from: known.emails.keys.sorted().first, to: email)
    }

    // MARK: Consent

    /// A list can say that somebody agreed, once; it never takes back what the person said.
    private func decideConsent(
        _ plan: inout PersonPlan, _ person: ImportedPerson, _ known: KnownPerson, mayGrant: Bool
    ) {
        let optsOut = person.optedOut ?? false
        let agrees =
            switch options.consent?.of {
            case .everybody: person.agreed ?? true
            case .column: person.agreed ?? false
            case nil: false
            }
        // What Meta alone told of a resume inside WhatsApp would take back: the list's own no outlasts it.
        plan.withdraws = optsOut && (known.marketing != .withdrawn || known.isMetasNo)
        plan.grants = mayGrant && agrees && !optsOut && known.marketing == nil
        plan.isOptedOut = optsOut || known.marketing == .withdrawn
        plan.lacksConsent = !plan.isOptedOut && !plan.grants && known.marketing == nil
        if known.marketing == .withdrawn { plan.notes.append(.optedOut) }
        if known.marketing == .granted, person.agreed == false, !optsOut { plan.notes.append(.stillAgrees) }
        if plan.withdraws {
            plan.note(.withdrawal, from: known.isMetasNo ? nil : known.marketing?.rawValue, to: "withdrawn")
        }
        if plan.grants { plan.note(.consent, from: nil, to: "granted") }
    }

    // MARK: Afterwards

    private func verdict(_ plan: PersonPlan) -> ImportVerdict {
        if plan.isNew { return .new }
        if options.existing == .skip, plan.changes.isEmpty { return .kept }
        guard !plan.changes.isEmpty else { return .same }
        return plan.changes.contains { $0.before != nil } ? .changes : .fills
    }

    /// What the next row finds.
    private mutating func take(_ plan: PersonPlan) {
        var known = snapshot.people[plan.contact] ?? KnownPerson()
        if let name = plan.name { known.name = name }
        if let language = plan.language { known.language = language }
        if let note = plan.note { known.note = note }
        for phone in plan.phones {
            known.phones.insert(phone.value)
            snapshot.owners[HandleKey(kind: "phone", value: phone.value)] = plan.contact
        }
        if let email = plan.email {
            for ended in known.emails.keys { snapshot.owners[HandleKey(kind: "email", value: ended)] = nil }
            known.emails = [email.value: email.id]
            snapshot.owners[HandleKey(kind: "email", value: email.value)] = plan.contact
        }
        known.labels.formUnion(plan.labels.map(\.folded))
        known.ruledLabels.subtract(plan.keptLabels.map(\.folded))
        for field in plan.fields { known.fields[field.key] = field.value.text }
        if plan.grants { known.marketing = .granted }
        if plan.withdraws {
            known.marketing = .withdrawn
            known.isMetasNo = false
        }
        snapshot.people[plan.contact] = known
    }
}

extension PersonPlan {
    fileprivate mutating func note(
        _ item: ImportChange.Item, field: String? = nil, from before: String?, to after: String?
    ) {
        guard let after else { return }
        changes.append(
            ImportChange(
                item, field: field, before: before.flatMap { $0.isEmpty ? nil : Self.cut($0) }, after: Self.cut(after)))
    }

    /// A note may be as long as a page.
    private static func cut(_ text: String) -> String {
        text.count > 200 ? "\(text.prefix(200))…" : text
    }
}

extension PersonPlan.Label {
    init(_ name: String) {
        self.init(name: name, folded: PeopleName.folded(name))
    }
}
