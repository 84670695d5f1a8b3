#if PostgreSQL
import Foundation
import GatehousePostgreSQL
import TestSupport
import Testing

/// A server with a certificate that these tests made. The name of the server is never resolved: its address is loopback.
@Suite("TLS to PostgreSQL", .serialized, .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing))
struct TLSTests {
    /// An authority and a certificate for `db.test`.
    private struct Certificates {
        private let temporary: TemporaryFolder
        var folder: String { temporary.path }
        var authority: String { "\(folder)/ca.crt" }

        init() throws {
            temporary = try TemporaryFolder()
            let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            for name in ["ca", "other"] {
                try openssl(
                    "req -x509 \(key) -days 2 -subj /CN=\(name) -keyout \(folder)/\(name).key -out \(folder)/\(name).crt"
                )
            }
            try openssl("req \(key) -subj /CN=db.test -keyout \(folder)/server.key -out \(folder)/server.csr")
            try "subjectAltName=DNS:db.test\n".write(toFile: "\(folder)/names", atomically: true, encoding: .utf8)
            try openssl(
                "x509 -req -in \(folder)/server.csr -CA \(authority) -CAkey \(folder)/ca.key -CAcreateserial -days 2 "
                    + "-extfile \(folder)/names -out \(folder)/server.crt"
            )
        }

        private func openssl(_ arguments: String) throws {
            try PostgreSQLServer.run(["openssl"] + arguments.split(separator: " ").map(String.init))
        }

        func remove() { temporary.remove() }

        /// Gives a server its key and certificate.
        func install(in data: String) throws {
            for name in ["server.key", "server.crt"] {
                try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(data)/\(name)")
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(data)/server.key")
        }
    }

    private static func address(_ host: String, _ server: PostgreSQLServer, _ more: String = "") -> String {
        "host=\(host) hostaddr=127.0.0.1 port=\(server.port) user=postgres dbname=postgres \(more)"
    }

    private static func refusal(of address: String) async -> String? {
        let error = await #expect(throws: RecordStoreError.self, "\(address)") {
            try await PostgreSQLRecords(url: address)
        }
        return error?.message
    }

    @Test("a server elsewhere must prove its name by a known authority, unless the address says otherwise")
    func verification() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let server = try PostgreSQLServer(options: ["ssl=on"]) { try certificates.install(in: $0) }
        defer { server.stop() }
        let known = "sslrootcert=\(certificates.authority)"
        let other = "sslrootcert=\(certificates.folder)/other.crt"

        let records = try await PostgreSQLRecords(url: Self.address("db.test", server, known))
        let isEncrypted = try await records.read { rows in
            try rows.database.rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").first?.bool(0)
        }
        #expect(isEncrypted == true)

        #expect(await Self.refusal(of: Self.address("db.test", server))?.contains("certificate") == true)
        #expect(await Self.refusal(of: Self.address("db.test", server, other))?.contains("certificate") == true)
        #expect(await Self.refusal(of: Self.address("other.test", server, known))?.contains("other.test") == true)
        // An address on loopback is no proof where a name elsewhere was asked for, nor is a service file, which nobody here reads.
        #expect(await Self.refusal(of: "service=nowhere port=\(server.port)") != nil)

        // Somebody may say otherwise, and loopback needs no proof.
        _ = try await PostgreSQLRecords(url: Self.address("db.test", server, "sslmode=require"))
        _ = try await PostgreSQLRecords(url: server.url("postgres"))
    }

    @Test("a server elsewhere without TLS is refused, unless the address says otherwise")
    func plain() async throws {
        let server = try PostgreSQLServer.shared.get()
        #expect(await Self.refusal(of: Self.address("db.test", server))?.contains("SSL") == true)
        _ = try await PostgreSQLRecords(url: Self.address("db.test", server, "sslmode=disable"))
    }
}
#endif
