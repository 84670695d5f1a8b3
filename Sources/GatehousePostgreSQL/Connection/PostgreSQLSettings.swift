#if PostgreSQL
import CPostgreSQL
import Foundation
import GatehouseBase
import GatehouseRecords

/// The parameters of a connection by libpq's names. No text that describes the value shows a password.
struct PostgreSQLSettings: Sendable, CustomStringConvertible {
    let parameters: [(name: String, value: String)]

    /// Reads an address (`postgresql://host/database`) or libpq's `name=value` form. Missing parameters come from libpq's variables
    /// (`PGUSER`, `PGPASSWORD`, …) and `.pgpass`.
    ///
    /// A server on another machine has to prove its identity (`sslmode=verify-full`), unless the address or `PGSSLMODE` sets another mode.
    ///
    /// - Throws: `RecordStoreError` with the code `unusable` for a text that is not an address.
    init(_ address: String, connectTimeout: Duration) throws(RecordStoreError) {
        var message: UnsafeMutablePointer<CChar>?
        guard !address.utf8.contains(0), let options = PQconninfoParse(address, &message) else {
            // libpq's message may quote the address, and with it a password.
            PQfreemem(message)
            throw RecordStoreError(.unusable, "the address of the database is none: postgresql://host/database")
        }
        defer { PQconninfoFree(options) }
        var found: [(name: String, value: String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found.append((String(cString: keyword), String(cString: value))) }
            option += 1
        }
        func value(_ name: String, _ variable: String) -> String? {
            found.first { $0.name == name }?.value ?? ProcessInfo.processInfo.environment[variable]
        }
        func add(_ name: String, _ value: String) {
            if !found.contains(where: { $0.name == name }) { found.append((name, value)) }
        }
        let hosts = [value("host", "PGHOST"), value("hostaddr", "PGHOSTADDR")].compactMap { list in
            list?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        // A name elsewhere has to be proved, even if its address is loopback, as for a tunnel. A service file may name any server.
        let isLocal = hosts.joined().allSatisfy { Self.isLocal($0) } && value("service", "PGSERVICE") == nil
        if !isLocal, value("sslmode", "PGSSLMODE") == nil {
            add("sslmode", "verify-full")
            // Before version 16, libpq trusts no certificate authority by default.
            let system = "/etc/ssl/certs/ca-certificates.crt"
            let own = NSHomeDirectory() + "/.postgresql/root.crt"
            if value("sslrootcert", "PGSSLROOTCERT") == nil, !FileManager.default.fileExists(atPath: own),
                FileManager.default.fileExists(atPath: system)
            {
                add("sslrootcert", system)
            }
        }
        // Of several servers, only the server that takes writes is wanted, even after another server has become the primary.
        if hosts.contains(where: { $0.count > 1 }) { add("target_session_attrs", "read-write") }
        // libpq calls Kerberos' library by default. That library crashes a process that exits while one of its threads connects.
        if value("gssencmode", "PGGSSENCMODE") == nil { add("gssencmode", "disable") }
        let seconds = max(2, connectTimeout.clampedMilliseconds / 1_000)
        add("connect_timeout", String(seconds))
        add("fallback_application_name", "gatehouse")
        add("client_encoding", "UTF8")
        // A peer that vanished is noticed within half a minute, even if no call waits for an answer.
        add("keepalives_idle", "10")
        add("keepalives_interval", "5")
        add("keepalives_count", "3")
        add("tcp_user_timeout", String(seconds * 1_000))
        parameters = found
    }

    /// Returns true for loopback, for a path of a Unix socket, and for an empty name, which means such a path.
    private static func isLocal(_ host: String) -> Bool {
        if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1" {
            return true
        }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    /// True if the address itself has a password in it.
    var hasPassword: Bool { parameters.contains { $0.name == "password" } }

    /// Returns a text of libpq without the password.
    func hidingPassword(in text: String) -> String {
        parameters.filter { $0.name == "password" && !$0.value.isEmpty }.reduce(text) { text, secret in
            text.replacing(secret.value, with: "…")
        }
    }

    /// The host, the port and the database.
    var description: String {
        let shown = ["host", "port", "dbname"].compactMap { name in
            parameters.first { $0.name == name }.map { "\(name)=\($0.value.printable)" }
        }
        return "PostgreSQL " + (shown.isEmpty ? "by libpq's variables" : shown.joined(separator: " "))
    }
}
#endif
