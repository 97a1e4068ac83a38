import Foundation
import Logging

@testable import Store

/// A PostgreSQL server process in a folder of its own, kept by a shell script that ends and removes it as soon as this
/// process is gone: the script waits for the end of its standard input.
final class PostgresServer: Sendable {
    private let folder: String
    private let keeper: Keeper

    private init(folder: String, keeper: Keeper) {
        self.folder = folder
        self.keeper = keeper
    }

    static func start() async throws -> PostgresServer {
        let keeper = try Keeper()
        return PostgresServer(folder: try await keeper.nextLine(), keeper: keeper)
    }

    func options(database: String) -> PostgresOptions {
        var options = PostgresOptions(url: "postgresql://puente@/\(database)?host=\(folder)")
        options.intakeConnections = 1
        options.workConnections = 3
        options.consoleConnections = 2
        return options
    }

    /// Runs a command on a connection outside any transaction.
    func command(_ sql: String, database: String = "postgres") async throws {
        let options = options(database: database)
        try await onThread {
            _ = try PostgresLink(PostgresParameters(options), options).command(sql)
        }
    }

    /// Stops the server as a power cut would; what was committed is on disk.
    func crash() async throws {
        try await keeper.ask("crash")
    }

    func restart() async throws {
        try await keeper.ask("start")
    }
}

/// Runs what blocks away from Swift's cooperative threads.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "test.thread").async { continuation.resume(with: Result { try body() }) }
    }
}

/// The shell script and the pipes to it.
private final class Keeper: Sendable {
    private let input: FileHandle
    private let output: FileHandle

    init() throws {
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        // A session of its own: what interrupts or kills this process group does not kill the one who cleans up.
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        process.arguments = ["/bin/sh", "-c", script]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.input = input.fileHandleForWriting
        self.output = output.fileHandleForReading
    }

    func ask(_ word: String) async throws {
        try input.write(contentsOf: Data("\(word)\n".utf8))
        let answer = try await nextLine()
        guard answer == "done" else { throw PostgresMissing(reason: answer) }
    }

    /// - Throws: what the script says when it gives up.
    func nextLine() async throws -> String {
        let output = output
        let line = try await onThread {
            var line: [UInt8] = []
            while let byte = try output.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
            return String(decoding: line, as: UTF8.self)
        }
        guard !line.isEmpty, !line.hasPrefix("failed: ") else { throw PostgresMissing(reason: line) }
        return line
    }
}

struct PostgresMissing: Error, CustomStringConvertible {
    let reason: String
    var description: String { "no PostgreSQL for the tests; install the package postgresql (15 or newer). \(reason)" }
}

/// Prints its folder when the server is ready, then obeys "crash" and "start", until its input ends.
/// Texts are sorted by a language's rules, unlike on SQLite, so that tests notice a comparison that relies on bytes.
private let script = #"""
    set -u
    folder=
    as=
    stop() {
        trap '' INT TERM HUP
        [ -n "$folder" ] || exit 0
        [ -f "$folder/data/postmaster.pid" ] && $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1
        # Hundreds of databases are a million files: whoever started the tests does not wait for the last of them.
        exec >/dev/null 2>&1
        rm -rf "$folder"
    }
    fail() { echo "failed: $*"; exit 1; }
    trap stop EXIT
    trap 'exit 1' INT TERM HUP
    # Who reads what this prints may be gone before it is printed; that must not end it without cleaning up.
    trap '' PIPE

    for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) $(dirname "$(command -v initdb)" 2>/dev/null); do
        [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] && break
    done
    [ -x "${bin:-}/initdb" ] || fail "There is no initdb."

    folder=$(mktemp -d "${TMPDIR:-/tmp}/puente-pg.XXXXXX") || fail "No temporary folder."
    if [ "$(id -u)" = 0 ]; then
        # PostgreSQL refuses to run as root.
        chown postgres "$folder" || fail "There is no user postgres."
        as="setpriv --reuid=postgres --regid=$(id -g postgres) --clear-groups --"
    fi
    cd "$folder" || fail "No temporary folder."
    $as "$bin/initdb" -D "$folder/data" -U puente -A trust -E UTF8 --locale=C.UTF-8 \
        --locale-provider=icu --icu-locale=es >"$folder/initdb.log" 2>&1 || fail "$(tail -n 1 "$folder/initdb.log")"
    cat >>"$folder/data/postgresql.conf" <<END
    listen_addresses = ''
    unix_socket_directories = '$folder'
    max_connections = 300
    shared_buffers = 64MB
    deadlock_timeout = 50ms
    fsync = on
    END
    start() {
        $as "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 start </dev/null >/dev/null 2>&1
    }
    start || fail "$(tail -n 1 "$folder/log")"
    chmod 755 "$folder"
    echo "$folder"
    while read -r word; do
        case "$word" in
            crash) $as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop </dev/null >/dev/null 2>&1 && echo done || echo "failed: stop" ;;
            start) start && echo done || echo "failed: start" ;;
        esac
    done
    """#
