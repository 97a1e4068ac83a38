/// Who put a label on a contact.
package enum LabelSource: String, CaseIterable, Sendable {
    /// By hand, one by one or many at once, in the console or by a program.
    case person
    case `import`
    case crm
    /// A label rule: it alone may take the label off again by itself.
    case rule
}
