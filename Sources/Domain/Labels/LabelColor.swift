/// The tones of labels. The console's style sheet has a pair of colours for each, readable in light and dark
/// (`--label-NAME-text` on `--label-NAME-soft`).
package enum LabelColor: String, Codable, CaseIterable, Sendable {
    case gray, red, orange, amber, green, teal, blue, indigo, violet, pink
}
