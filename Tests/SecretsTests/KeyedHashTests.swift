import Secrets
import Testing

@Suite struct KeyedHashTests {
    @Test func `a hash tells equal values and their uses apart`() throws {
        let ring = try KeyRing.generate()
        let hash = KeyedHash(ring, use: "pruned message")

        #expect(hash.hash("106540352242922", "wamid.A") == hash.hash("106540352242922", "wamid.A"))
        #expect(hash.hash("106540352242922", "wamid.A").count == KeyedHash.byteCount)
        #expect(hash.hash("106540352242922", "wamid.A") != hash.hash("106540352242922w", "amid.A"))
        #expect(hash.hash("a") != KeyedHash(ring, use: "other").hash("a"))
        #expect(try hash.hash("a") != KeyedHash(.generate(), use: "pruned message").hash("a"))
    }

    @Test func `what was hashed before a rotation is still found`() throws {
        let ring = try KeyRing.generate()
        let before = KeyedHash(ring, use: "pruned message").hash("wamid.A")

        let after = KeyedHash(try ring.rotated(), use: "pruned message")

        #expect(after.hash("wamid.A") != before)
        #expect(after.candidates("wamid.A") == [after.hash("wamid.A"), before])
    }
}
