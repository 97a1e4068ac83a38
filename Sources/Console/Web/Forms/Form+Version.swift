import Domain
import Store

extension Form {
    /// What the thing must say that the form changes; nil where the form does not tell what it showed.
    var expected: Set<EditVersion>? {
        self["version"].flatMap { $0.isEmpty ? nil : [EditVersion($0)] }
    }

    /// What the form is held against when it is shown again: who has read what somebody else wrote, which then stands
    /// beside it, may save over that. Nil: what the thing says now.
    func version(after error: PuenteError) -> String? {
        error == .changedMeanwhile ? nil : self["version"]
    }
}
