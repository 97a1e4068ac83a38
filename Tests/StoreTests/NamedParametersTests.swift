import Testing

@testable import Store

@Suite struct NamedParametersTests {
    @Test(
        arguments: [
            ("SELECT 1", "SELECT 1", []),
            ("SELECT :a, :b_2, :a", "SELECT $1, $2, $1", ["a", "b_2"]),
            (":a", "$1", ["a"]),
            ("x=:a;", "x=$1;", ["a"]),
            // Casts, slices, assignments and lone colons.
            (
                "CAST(:a AS TEXT), b::text, c[1:2], d[:a], e := 1, :",
                "CAST($1 AS TEXT), b::text, c[1:2], d[$1], e := 1, :", ["a"]
            ),
            (":a::text", "$1::text", ["a"]),
            // Texts and identifiers, with doubled quotes and with backslashes.
            ("':a' || :b", "':a' || $1", ["b"]), ("'it''s :a' || :b", "'it''s :a' || $1", ["b"]),
            (#"'\' || :a"#, #"'\' || $1"#, ["a"]), (#"E'\':a' || :b"#, #"E'\':a' || $1"#, ["b"]),
            (#"namE':a' || :b"#, #"namE':a' || $1"#, ["b"]),
            (#"":a" = :b"#, #"":a" = $1"#, ["b"]),
            // Comments, which nest.
            ("SELECT 1 -- :a\n+ :b", "SELECT 1 -- :a\n+ $1", ["b"]), ("-- :a", "-- :a", []),
            ("/* :a /* :b */ :c */ :d", "/* :a /* :b */ :c */ $1", ["d"]), ("/* :a", "/* :a", []),
            // Dollar quotes.
            ("$$ :a $$ || :b", "$$ :a $$ || $1", ["b"]), ("$x$ :a $$ :b $x$ :c", "$x$ :a $$ :b $x$ $1", ["c"]),
            ("a$b$ = :c", "a$b$ = $1", ["c"]), ("$ :a", "$ $1", ["a"]), ("$$ :a", "$$ :a", []),
            // Broken texts end where they end.
            ("':a", "':a", []), (#"E'\"#, #"E'\"#, []), ("", "", []),
            ("'ñ' || :ñ || :a", "'ñ' || :ñ || $1", ["a"]),
        ] as [(String, String, [String])])
    func `names become numbers where they are parameters`(sql: String, numbered: String, names: [String]) {
        let parameters = NamedParameters(sql)

        #expect(parameters.numbered() == numbered)
        #expect(parameters.names == names)
    }

    @Test func `a parameter that has only been NULL becomes the word`() {
        let parameters = NamedParameters("SELECT :a, :b, :c, :b")

        #expect(parameters.numbered(nulls: [1]) == "SELECT $1, NULL, $2, NULL")
        #expect(parameters.numbered(nulls: [0, 1, 2]) == "SELECT NULL, NULL, NULL, NULL")
    }
}
