import Domain
import FoundationEssentials
import OutboundHTTP
import X509

/// What `puente check` says of `server.tls`: whether the files fit together, for whom the certificate speaks, until when,
/// and whether its chain is whole.
struct CertificateCheck {
    let files: Configuration.TLSFiles
    /// `server.public_url`.
    let publicURL: String
    let now: Timestamp
    /// The authorities that are trusted.
    var roots = CertificateStore.systemTrustRoots

    static let subject = "certificate"

    /// - Throws: what is wrong with the files, as a sentence with the configuration key's name.
    func lines() async throws(ConfigurationProblem) -> [CheckLine] {
        let certificate = try ServerCertificate(files)
        guard let chain = try? CertificateChain(certificate) else {
            throw ConfigurationProblem(
                ConfigurationKey.tlsCertificate.pattern, at: nil, en: "cannot be understood: \(files.certificate)",
                es: "no se entiende: \(files.certificate)")
        }
        let names = CertificateNames(chain.leaf)
        let term = certificate.term(at: now)
        let findings = [
            nameLine(names), termLine(term, certificate), await chainLine(chain, term), openKeyLine,
        ].compactMap(\.self)
        return findings.contains(where: \.isFailure) ? findings : [goodLine(names, certificate)] + findings
    }

    private func goodLine(_ names: CertificateNames, _ certificate: ServerCertificate) -> CheckLine {
        .passed(
            Self.subject, en: "For \(names.text), until \(certificate.ends.text).",
            es: "Para \(names.text), hasta \(certificate.ends.text).")
    }

    // MARK: For whom

    private var host: String? { WebAddress(publicURL)?.host }

    private func nameLine(_ names: CertificateNames) -> CheckLine? {
        guard let host, !names.include(host) else { return nil }
        return .failed(
            Self.subject,
            en: "It is for \(names.text), not for \(host), the host of server.public_url: get one for that name.",
            es: "Es para \(names.text) y no para \(host), el host de server.public_url: obtenga uno para ese nombre.")
    }

    // MARK: Until when

    private func termLine(_ term: CertificateTerm, _ certificate: ServerCertificate) -> CheckLine? {
        let ends = certificate.ends.text
        switch term {
        case .good: return nil
        case .ending(let days):
            let time = CertificateTerm.phrase(days: days)
            return .warned(
                Self.subject, en: "It ends \(time.en), at \(ends): renew it.",
                es: "Caduca \(time.es), el \(ends): renuévelo.")
        case .ended:
            return .failed(
                Self.subject, en: "It ended at \(ends): renew it. Meta and browsers refuse it.",
                es: "Caducó el \(ends): renuévelo. Meta y los navegadores lo rechazan.")
        case .notBegun:
            return .failed(
                Self.subject, en: "It is not valid yet: look at this machine's clock.",
                es: "Aún no es válido: revise el reloj de esta máquina.")
        }
    }

    // MARK: By whom

    /// Nothing is said of a chain whose time is over: it leads nowhere.
    private func chainLine(_ chain: CertificateChain, _ term: CertificateTerm) async -> CheckLine? {
        switch term {
        case .ended, .notBegun: return nil
        case .good, .ending: break
        }
        let finding = await chain.finding(roots: roots, now: now.date)
        guard let text = Self.text(of: finding, files.certificate) else { return nil }
        // In a private network one's own authority is enough.
        let isPrivate = host.map(PlainHTTP.isPrivate(host:)) ?? false
        return CheckLine(
            subject: Self.subject, outcome: isPrivate ? .warned(text) : .failed(cause: text, remedy: nil))
    }

    /// Nil when nothing is wrong.
    private static func text(of finding: CertificateChain.Finding, _ file: String) -> LocalizedText? {
        switch finding {
        case .known: nil
        case .selfSigned:
            LocalizedText(
                en: "It is signed by itself: Meta refuses it. Get one from a public authority.",
                es: "Está firmado por sí mismo: Meta lo rechaza. Obtenga uno de una autoridad pública.")
        case .broken(let position):
            LocalizedText(
                en: "Certificate \(position) in \(file) did not sign the one before it: put the chain in order.",
                es: "El certificado \(position) de \(file) no firmó el anterior: ponga la cadena en orden.")
        case .lacksIssuer(let issuer):
            LocalizedText(
                en:
                    "Its issuer, \(issuer), is not in \(file) and Meta does not go looking for it: name the file with the "
                    + "whole chain (fullchain.pem).",
                es:
                    "Su emisor, \(issuer), no está en \(file) y Meta no lo busca: indique el archivo con toda la cadena "
                    + "(fullchain.pem).")
        case .unknown(let end):
            LocalizedText(
                en: "Its chain ends at \(end), whom this machine does not know: Meta takes public authorities only.",
                es: "Su cadena termina en \(end), que esta máquina no conoce: Meta solo acepta autoridades públicas.")
        }
    }

    // MARK: The key

    private var openKeyLine: CheckLine? {
        guard let status = FileStatus(files.key), status.permissions & 0o004 != 0 else { return nil }
        return .warned(
            Self.subject, en: "Every user of this machine can read the private key: chmod o-r \(files.key)",
            es: "Todos los usuarios de esta máquina pueden leer la clave privada: chmod o-r \(files.key)")
    }
}

extension CheckLine {
    fileprivate var isFailure: Bool {
        switch outcome {
        case .failed: true
        case .passed, .warned: false
        }
    }
}
