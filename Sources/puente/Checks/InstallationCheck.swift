import Domain
import Foundation
import Pipeline
import Secrets
import Store

#if canImport(Glibc)
    import Glibc
#endif
#if canImport(CoreFoundation)
    // It declares the system's structures a second time, as in `FileStatus`.
    import CoreFoundation
#endif

/// Configuration, database, key and disk: what can be looked at without asking anybody else.
struct InstallationCheck {
    let configuration: Configuration

    func run(into report: inout CheckReport) async {
        report.add(configurationLine)
        await checkCertificate(&report)
        for file in openFiles { report.add(file) }
        await checkDatabase(&report)
        report.add(diskLines)
    }

    // MARK: configuration

    private var configurationLine: CheckLine {
        let name = configuration.source.name ?? "environment"
        let (numbers, crms) = (configuration.whatsapp.numbers.count, configuration.crm.count)
        if numbers == 0 {
            return .warned(
                "configuration", en: "\(name): no number yet, so nothing comes in.",
                es: "\(name): aún no hay ningún número, así que no entra nada.")
        }
        return .passed(
            "configuration",
            en: "\(name): numbers: \(numbers), CRM connections: \(crms), at \(configuration.server.publicURL).",
            es: "\(name): números: \(numbers), conexiones a CRM: \(crms), en \(configuration.server.publicURL).")
    }

    private func checkCertificate(_ report: inout CheckReport) async {
        guard let files = configuration.server.tls else { return }
        let check = CertificateCheck(files: files, publicURL: configuration.server.publicURL, now: .now)
        do throws(ConfigurationProblem) {
            report.add(try await check.lines())
        } catch {
            report.add(error, CertificateCheck.subject)
        }
    }

    /// Whether others can read the secrets in the configuration.
    private var openFiles: [CheckLine] {
        var lines: [CheckLine] = []
        if let name = configuration.source.name, let status = FileStatus(name), status.permissions & 0o004 != 0 {
            lines.append(
                .warned(
                    "configuration", en: "Every user of this machine can read \(name): chmod o-r \(name)",
                    es: "Todos los usuarios de esta máquina pueden leer \(name): chmod o-r \(name)"))
        }
        for (name, key) in configuration.apiKeys.sorted(by: { $0.key < $1.key }) where key.key.value.utf8.count < 20 {
            lines.append(
                .warned(
                    "api_keys.\(name)", en: "The key is short enough to be guessed: use 20 random characters or more.",
                    es: "La clave es tan corta que se puede adivinar: use 20 caracteres al azar o más."))
        }
        return lines
    }

    // MARK: database and key

    private func checkDatabase(_ report: inout CheckReport) async {
        do {
            try configuration.database.requireFolder()
            guard configuration.database.mayExist else { return report.add(noDatabase) }
            let engine = try Engine.open(configuration.database, log: .silent)
            await check(engine, &report)
            await engine.database.close()
        } catch {
            report.add(error, "database")
        }
    }

    private func check(_ engine: Engine, _ report: inout CheckReport) async {
        do {
            let schema = try await engine.database.schemaNumber()
            report.add(schemaLine(schema))
            if case .postgres(let database) = engine, let warning = try await database.health().warning {
                report.add(CheckLine(subject: "database", outcome: .warned(warning)))
            }
            guard schema == Migrator.newestSchema else { return }
            if try await engine.database.isHeld() { report.add(heldLine) }
            await checkKey(engine.database, &report)
        } catch {
            report.add(error, "database")
        }
    }

    private var heldLine: CheckLine {
        .warned(
            "database",
            en: "It was restored and is held: nothing leaves for customers until it is released in Connections.",
            es: "Se restauró y está retenida: no sale nada hacia los clientes hasta liberarla en Conexiones.")
    }

    private var noDatabase: CheckLine {
        .warned(
            "database", en: "\(configuration.database) is not there yet: \"puente serve\" makes it.",
            es: "\(configuration.database) aún no existe: «puente serve» la crea.")
    }

    private func schemaLine(_ schema: Int) -> CheckLine {
        let database = "\(configuration.database)"
        let newest = Migrator.newestSchema
        if schema == newest {
            return .passed("database", en: "\(database), schema \(schema).", es: "\(database), esquema \(schema).")
        }
        if schema < newest {
            return .warned(
                "database", en: "\(database) has schema \(schema): the next start brings it to \(newest).",
                es: "\(database) tiene el esquema \(schema): el próximo arranque lo lleva al \(newest).")
        }
        return .warned(
            "database", en: "\(database) has schema \(schema), made by a newer release; this one knows \(newest).",
            es: "\(database) tiene el esquema \(schema), de una versión más nueva; esta conoce el \(newest).")
    }

    private func checkKey(_ database: any SQLDatabase, _ report: inout CheckReport) async {
        do {
            let keys = try await StoreOpening(configuration).keys(for: database, mayMake: false)
            let census = try await SealedSecrets(database).census()
            let isThere = FileManager.default.fileExists(atPath: configuration.keyFile)
            report.add(
                isThere
                    ? .passed(
                        "key",
                        en: "\(configuration.keyFile) opens all \(census.total) secrets; current: \(keys.current.id).",
                        es: "\(configuration.keyFile) abre los \(census.total) secretos; actual: \(keys.current.id).")
                    : .warned(
                        "key", en: "\(configuration.keyFile) is not there yet: the first start makes it.",
                        es: "\(configuration.keyFile) aún no existe: el primer arranque lo crea."))
        } catch {
            report.add(error, "key")
        }
    }

    // MARK: disk

    private static let comfortableBytes: Int64 = 2 << 30

    private var diskLines: [CheckLine] {
        var folders = [configuration.mediaFolder]
        if case .sqlite(let path) = configuration.database { folders.insert(DatabaseAddress.folder(of: path), at: 0) }
        var seen: Set<UInt64> = []
        return folders.compactMap { folder in
            let existing = Self.existing(folder)
            var figures = statvfs()
            guard statvfs(existing, &figures) == 0, seen.insert(UInt64(figures.f_fsid)).inserted else { return nil }
            return diskLine(existing, free: Self.free(figures))
        }
    }

    private func diskLine(_ folder: String, free: Int64) -> CheckLine {
        let megabytes = free >> 20
        if free < configuration.limits.minFreeDiskBytes {
            return .failed(
                "disk", en: "\(megabytes) MB free at \(folder): intake refuses. Free some space.",
                es: "\(megabytes) MB libres en \(folder): la recepción rechaza. Libere espacio.")
        }
        if free < Self.comfortableBytes {
            return .warned(
                "disk", en: "\(megabytes) MB free at \(folder): make room soon.",
                es: "\(megabytes) MB libres en \(folder): haga sitio pronto.")
        }
        return .passed("disk", en: "\(megabytes) MB free at \(folder).", es: "\(megabytes) MB libres en \(folder).")
    }

    private static func free(_ figures: statvfs) -> Int64 {
        let (bytes, overflow) = UInt64(figures.f_bavail).multipliedReportingOverflow(by: UInt64(figures.f_frsize))
        return overflow ? .max : Int64(clamping: bytes)
    }

    /// The folder itself, or the nearest above it that is there.
    private static func existing(_ folder: String) -> String {
        var folder = folder
        while folder.count > 1, !FileManager.default.fileExists(atPath: folder) {
            folder = DatabaseAddress.folder(of: folder)
        }
        return folder
    }
}
