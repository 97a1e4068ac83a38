import Testing

@testable import Domain

/// Who it is, when a webhook names several handles.
@Suite struct NamedHandlesTests {
    private static let p1 = NamedHandles.Handle(.phone, "1")
    private static let p2 = NamedHandles.Handle(.phone, "2")
    private static let u1 = NamedHandles.Handle(.bsuid, scope: "7", "u1")
    private static let u2 = NamedHandles.Handle(.bsuid, scope: "7", "u2")
    private static let v1 = NamedHandles.Handle(.bsuid, scope: "8", "v1")
    private static let t1 = NamedHandles.Handle(.parentBSUID, "t1")

    private func holder(
        _ id: Int64, _ handles: NamedHandles.Handle..., isProven: Bool = true
    ) -> NamedHandles.Holder {
        NamedHandles.Holder(ContactID(rawValue: id), handles: Set(handles), isProven: isProven)
    }

    private func contact(_ id: Int64, same: Int64...) -> NamedHandles.Verdict {
        .contact(ContactID(rawValue: id), same: same.map(ContactID.init(rawValue:)))
    }

    @Test func `nobody has any of them`() {
        #expect(NamedHandles([(Self.p1, nil), (Self.u1, nil)]).verdict == .nobody)
    }

    @Test func `one contact has them, or one of them`() {
        let ana = holder(1, Self.p1)
        #expect(NamedHandles([(Self.p1, ana), (Self.u1, nil)]).verdict == contact(1))
        #expect(NamedHandles([(Self.p1, ana), (Self.u1, ana)]).verdict == contact(1))
    }

    @Test func `two contacts of whom nothing speaks against it are one`() {
        let verdict = NamedHandles([(Self.p1, holder(1, Self.p1)), (Self.u1, holder(2, Self.u1))]).verdict
        #expect(verdict == contact(2, same: 1))
    }

    @Test func `three are one as well`() {
        let verdict = NamedHandles([
            (Self.p1, holder(1, Self.p1)), (Self.u1, holder(2, Self.u1)), (Self.t1, holder(3, Self.t1)),
        ]).verdict
        #expect(verdict == contact(2, same: 1, 3))
    }

    @Test func `who has another user id has lost the phone`() {
        let former = holder(1, Self.p1, Self.u1)
        #expect(NamedHandles([(Self.p1, former), (Self.u2, nil)]).verdict == .nobody)
        #expect(NamedHandles([(Self.p1, former), (Self.u2, holder(2, Self.u2))]).verdict == contact(2))
    }

    @Test func `who has another phone is whom the user id says, and nobody is joined`() {
        let verdict = NamedHandles([(Self.p2, holder(1, Self.p2)), (Self.u1, holder(2, Self.p1, Self.u1))]).verdict
        #expect(verdict == contact(2))
    }

    @Test func `user ids of two portfolios do not contradict each other`() {
        let verdict = NamedHandles([(Self.p1, holder(1, Self.p1, Self.u1)), (Self.v1, holder(2, Self.v1))]).verdict
        #expect(verdict == contact(2, same: 1))
    }

    @Test func `a CRM's word finds somebody of whom nothing else is known, and nobody else`() {
        let listed = holder(1, isProven: false)
        let typed = holder(1, Self.u1, isProven: false)
        #expect(NamedHandles([(Self.p1, listed), (Self.u2, nil)]).verdict == contact(1))
        #expect(NamedHandles([(Self.p1, listed), (Self.u2, holder(2, Self.u2))]).verdict == contact(2, same: 1))
        #expect(NamedHandles([(Self.p1, typed)]).verdict == .nobody)
        #expect(NamedHandles([(Self.p1, typed), (Self.u2, holder(2, Self.u2))]).verdict == contact(2))
    }
}

@Suite struct MergeChoicesTests {
    @Test func `what nobody chose is the winner's, and the loser's where it has none`() {
        let choices = MergeChoices()
        #expect(choices.value(of: .name, winner: "Ana", loser: "Eva") == "Ana")
        #expect(choices.value(of: .name, winner: " ", loser: "Eva") == "Eva")
        #expect(choices.value(of: .language, winner: nil, loser: nil) == nil)
    }

    @Test func `what was chosen stays, also when it is nothing`() {
        let choices = MergeChoices(columns: [.name: .loser, .username: .winner])
        #expect(choices.value(of: .name, winner: "Ana", loser: "Eva") == "Eva")
        #expect(choices.value(of: .username, winner: nil, loser: "eva") == nil)
    }

    @Test func `both notes are kept, once`() {
        let choices = MergeChoices()
        #expect(choices.value(of: .note, winner: "a", loser: "b") == "a\n\nb")
        #expect(choices.value(of: .note, winner: "a", loser: "a") == "a")
        #expect(MergeChoices(columns: [.note: .loser]).value(of: .note, winner: "a", loser: "b") == "b")
    }
}
