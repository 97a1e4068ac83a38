import Domain
import Secrets
import Testing

@Suite struct SecretTokenTests {
    @Test func `a token has its prefix and 256 random bits, and is known by its hash`() {
        let token = SecretToken(prefix: "pk")

        #expect(token.text.hasPrefix("pk_"))
        #expect(token.text.count == 46)
        #expect(token.hash == TokenHash(of: token.text))
        #expect(token.hash != TokenHash(of: token.text + " "))
        #expect(SecretToken(prefix: "pk").text != token.text)
    }

    @Test func `a token shows its beginning only`() {
        let token = SecretToken(prefix: "pk")
        var dumped = ""
        dump(token, to: &dumped)

        for text in ["\(token)", String(reflecting: token), dumped] {
            #expect(text.contains(token.hint))
            #expect(!text.contains(token.text))
        }
        #expect(token.hint.count == 8)
        #expect(SecretToken.hint(of: "short") == "shor…")
        #expect(SecretToken.hint(of: "") == "…")
    }

    @Test func `a hash has a text form that reads back`() throws {
        let hash = TokenHash(of: "abc")

        #expect(hash.text == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(TokenHash(text: hash.text) == hash)
        #expect(TokenHash(text: hash.text.uppercased()) == nil)
        #expect(TokenHash(text: String(hash.text.dropLast())) == nil)
        #expect(TokenHash(text: "") == nil)
    }

    @Test(arguments: [
        ("", "", true), ("a", "a", true), ("a", "b", false), ("a", "ab", false), ("é", "e\u{301}", false),
    ])
    func `secrets are equal when their bytes are`(one: String, other: String, areEqual: Bool) {
        #expect(ConstantTime.areEqual(one, other) == areEqual)
    }
}
