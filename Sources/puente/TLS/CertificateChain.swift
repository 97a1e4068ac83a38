import Domain
import FoundationEssentials
import NIOSSL
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// The certificates that a server shows, as far as can be told without asking anybody.
struct CertificateChain {
    enum Finding: Equatable, Sendable {
        /// It leads to an authority that this machine knows.
        case known
        case selfSigned
        /// A certificate that did not sign the one before it; counted from 1.
        case broken(position: Int)
        /// The server's own alone, signed by somebody who is no known authority.
        case lacksIssuer(String)
        /// It ends at somebody whom this machine does not know.
        case unknown(String)
    }

    /// At least one.
    let certificates: [Certificate]

    var leaf: Certificate { certificates[0] }

    /// - Parameter roots: the authorities that are trusted.
    func finding(roots: CertificateStore, now: Date) async -> Finding {
        if certificates.count == 1, isSelfSigned(leaf) { return .selfSigned }
        for (index, (issued, issuer)) in zip(certificates, certificates.dropFirst()).enumerated() {
            guard issued.issuer == issuer.subject, issuer.publicKey.isValidSignature(issued.signature, for: issued)
            else {
                return .broken(position: index + 2)
            }
        }
        if await leads(to: roots, now: now) { return .known }
        let end = name(of: certificates[certificates.count - 1].issuer)
        return certificates.count == 1 ? .lacksIssuer(end) : .unknown(end)
    }

    private func isSelfSigned(_ certificate: Certificate) -> Bool {
        certificate.issuer == certificate.subject
            && certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
    }

    private func leads(to roots: CertificateStore, now: Date) async -> Bool {
        var verifier = Verifier(rootCertificates: roots) {
            NamesReadElsewhere()
            RFC5280Policy(fixedExpiryValidationTime: now)
        }
        let result = await verifier.validate(
            leaf: leaf, intermediates: CertificateStore(certificates.dropFirst()))
        if case .validCertificate = result { return true }
        return false
    }

    /// Its common name, or all of it.
    private func name(of subject: DistinguishedName) -> String {
        for part in subject {
            for attribute in part where attribute.type == .RDNAttributeType.commonName {
                if let text = String(attribute.value) { return text }
            }
        }
        return subject.description
    }
}

/// Accepts a certificate that insists on its names or its use being understood, as one without a subject does.
private struct NamesReadElsewhere: VerifierPolicy {
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [
        .X509ExtensionID.subjectAlternativeName, .X509ExtensionID.extendedKeyUsage,
    ]

    func chainMeetsPolicyRequirements(chain _: UnverifiedCertificateChain) -> PolicyEvaluationResult { .meetsPolicy }
}

extension CertificateChain {
    /// - Throws: when one of them cannot be read.
    init(_ certificate: ServerCertificate) throws {
        certificates = try certificate.chain.map { try Certificate(derEncoded: try $0.toDERBytes()) }
    }
}
