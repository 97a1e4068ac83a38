import Domain
import Store

extension ContactEdit.Basis {
    /// What the form showed when it was drawn: `was.name`, `was.language`, `was.note`. Nil where it does not say.
    init?(_ form: Form) {
        guard let name = form["was.name"], let language = form["was.language"], let note = form["was.note"] else {
            return nil
        }
        self.init(name: name, language: language.isEmpty ? nil : language, note: note)
    }
}

extension ContactEdit {
    /// Where the person chose what somebody else wrote (`choose.COLUMN` is `theirs`), that stays.
    mutating func takeTheirs(_ form: Form) {
        if form["choose.name"] == "theirs" { name = nil }
        if form["choose.language"] == "theirs" { language = .leave }
        if form["choose.note"] == "theirs" { note = nil }
    }
}

extension ContactPageDraft {
    /// What the person did not change in the form, or took from somebody else, is shown as it is by now.
    mutating func leave(what edit: ContactEdit) {
        guard let basis = edit.basis else { return }
        if edit.name == nil || edit.name == basis.name.trimmed { name = nil }
        if edit.language == .leave || edit.language == .set(basis.language) { language = nil }
        if edit.note == nil || edit.note == basis.note.replacing("\r\n", with: "\n") { note = nil }
    }
}

extension ContactPageFacts.Basis {
    init(_ basis: ContactEdit.Basis) {
        self.init(name: basis.name, language: basis.language, note: basis.note)
    }
}

extension ContactPageDraft.Clash {
    init(_ clash: ContactClash.Column) {
        self.init(
            column: clash.column.rawValue, before: clash.before, theirs: clash.theirs, mine: clash.mine,
            author: clash.author?.name, at: clash.author?.at)
    }
}
