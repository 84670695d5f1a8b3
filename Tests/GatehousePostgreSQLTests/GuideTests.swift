#if PostgreSQL
import Foundation
import Gatehouse
import GatehousePostgreSQL
import TestSupport
import Testing

@Suite("PostgreSQL's guide", .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing), .timeLimit(.minutes(5)))
struct GuideTests {
    private static func guide() throws -> String {
        let file = URL(filePath: #filePath).appending(
            path: "../../../Sources/GatehousePostgreSQL/GatehousePostgreSQL.docc/OneNodeThreeNodes.md"
        ).standardized
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// Runs commands in a folder, for a server whose owner is asked for.
    private static func run(_ commands: String, in folder: String, _ server: PostgreSQLServer) async throws -> String {
        let shell = try await Program.run(
            ["/bin/bash", "-euo", "pipefail", "-c", commands],
            environment: ["PGHOST": "127.0.0.1", "PGPORT": "\(server.port)", "PGUSER": "postgres"],
            in: folder
        )
        let text = shell.output + shell.errors
        #expect(shell.status == 0, "\(commands)\n\(text)")
        return text
    }

    @Test("the guide's commands run in order on an empty server, and restore the same records")
    func commands() async throws {
        let server = try PostgreSQLServer()
        defer { server.stop() }
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let folder = temporary.path
        let blocks = try Self.guide().components(separatedBy: "```sh\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }.filter { block in
            // The tool's own are run by .ci/guide.
            !block.split(separator: "\n").contains { $0.hasPrefix("gatehouse ") || $0.contains("GATEHOUSE_NODE") }
                && !block.contains("curl")
        }
        try #require(blocks.count >= 4)

        _ = try await Self.run(blocks[0], in: folder, server)
        func open(_ database: String, _ node: String) async throws -> PostgreSQLRecords {
            try await PostgreSQLRecords(
                url: "postgresql://gatehouse@127.0.0.1:\(server.port)/\(database)",
                node: node,
                audit: .init(durable: true)
            )
        }
        let member = Member("ada", in: "acme", issuer: "https://i")
        for node in ["api-1", "api-2", "api-3"] {
            let records = try await open("gatehouse", node)
            try await records.memberships(issuer: "https://i").assign("admin", to: member)
            try await records.audit.append(event: "x", user: node)
        }
        var output = ""
        for block in blocks.dropFirst() { output += try await Self.run(block, in: folder, server) }
        for word in ["waiting", "dead", "pg_notification_queue_usage", "application_name", "api-3", "applied"] {
            #expect(output.contains(word), "\(word)\n\(output)")
        }
        let restored = try await open("gatehouse_restored", "api-1")
        #expect(try await restored.read { try $0.recordedRoles(of: member).map(\.role.role) } == ["admin"])
        #expect(try await restored.read { try $0.auditWriters() } == ["api-1", "api-2", "api-3"])
        for writer in ["api-1", "api-2", "api-3"] {
            #expect(try await restored.read { try $0.verifyAudit(of: writer).isWhole })
        }
        // It goes on from there.
        try await restored.audit.append(event: "x")
        #expect(try await restored.read { try $0.verifyAudit(of: "api-1").isWhole })
    }
}
#endif
