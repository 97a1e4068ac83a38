/// The sheet that proves somebody's consent as a file of its own, for programs: it loads nothing and can be kept.
package struct ConsentProofFile: PageFragment {
    package static let template = "consent/proof-file"

    package let sheet: ConsentProofPage

    package init(_ sheet: ConsentProofPage) {
        self.sheet = sheet
    }
}
