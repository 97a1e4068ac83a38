import Foundation
import JWTKit
import NIOCore

/// The claims of a JWT bearer assertion whose signature was verified.
struct JWTClaims {
    let issuer: String
    let subject: String
    let audience: String
    /// Unix seconds; some clients write it as a string.
    let expiry: Int64

    /// Nil for anything but a JWT that is signed with RS256 and this key.
    init?(_ assertion: String, verifiedWith key: (any JWTAlgorithm)?) {
        let parts = assertion.split(separator: ".", omittingEmptySubsequences: false)
        guard let key, parts.count == 3, let header = Self.json(parts[0]), header["alg"]?.text == "RS256",
            let claims = Self.json(parts[1]), let signature = Self.bytes(parts[2])
        else { return nil }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        // A signature that cannot be one is no right one either.
        guard (try? key.verify(signature, signs: signed)) == true else { return nil }
        guard let issuer = claims["iss"]?.text, let subject = claims["sub"]?.text, let audience = claims["aud"]?.text,
            let expiry = claims["exp"]?.wholeNumber
        else { return nil }
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.expiry = expiry
    }

    private static func json(_ part: Substring) -> JSON? {
        guard let bytes = bytes(part) else { return nil }
        return try? JSONParser.parse(ByteBuffer(bytes: bytes))  // no JSON: no claims
    }

    private static func bytes(_ part: Substring) -> [UInt8]? {
        let base64 = String(part).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64 + padding).map { Array($0) }
    }
}
