import Testing

@testable import Domain

@Suite struct FoldedTextTests {
    @Test(arguments: [
        ("Lucía Muñoz", "lucia munoz"), ("LUCI\u{301}A", "lucia"), ("Nguyễn Thị Hương", "nguyen thi huong"),
        ("São Paulo, 12-B", "sao paulo, 12-b"), ("王小明", "王小明"), ("Müller & Söhne", "muller & sohne"), ("", ""),
    ])
    func `what is searched has no accents and no capitals`(text: String, searched: String) {
        #expect(text.searchable == searched)
    }

    @Test(arguments: [
        ("Lucía  Muñoz-Ñ.", "luciamunozn"), ("C. O. D. 5", "cod5"), ("México", "mexico"), ("王 小明", "王小明"),
    ])
    func `names are compared by their letters and digits`(name: String, folded: String) {
        #expect(name.folded == folded)
    }
}
