#if Server
import Foundation
import GatehouseBase
import Testing

/// The commands on records, on those that the demo leaves.
@Suite("gatehouse audit, webhooks and directory")
struct RecordsCommandTests {
    @Test("the demo's records can be reported, verified, replayed, explained and redacted")
    func demo() throws {
        let folder = try Folder()
        let store = "sqlite:" + folder.url.appending(path: "demo.db").path
        let demo = try Tool.run("demo", "--once", "--records", folder.url.appending(path: "demo.db").path)
        #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
        #expect(demo.lines.contains { $0.hasPrefix("POST /webhooks/clerk") && $0.contains("-> 200 (as expected)") })

        let verified = try Tool.run("audit", "verify", "--store", store)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        #expect(verified.lines.count == 1 && verified.lines[0].contains(#""ok":true"#))

        let report = try Tool.run("audit", "report", "--store", store, "--format", "json")
        let content = try value(report.lines.first ?? "")
        #expect(content["types"]?["organizationMembership.deleted"] == 1)
        #expect(content["denials"] == 1)

        let exported = try Tool.run("audit", "export", "--store", store, "--type", "decision").lines.map {
            try value($0)
        }
        #expect(exported.count >= 3)
        let request = try #require(exported.first?["requestID"]?.string)
        let explained = try Tool.run("audit", "explain", "--store", store, request)
        #expect(explained.status == 0)
        #expect(try value(explained.lines.first ?? "")["explanation"]?["allowed"] != nil)

        let policy = try folder.file(
            "policy.yaml",
            Array("gatehouse: 1\nroles:\n  org:member: { grants: [] }\n  org:admin: { inherits: [org:member] }\n".utf8)
        )
        let replay = try Tool.run("audit", "replay", "--store", store, "--policy", policy.path)
        #expect(replay.status == 1, "\(replay.errors)")
        #expect(replay.lines.last?.contains(#""notReplayable":{}"#) == true)

        let unused = try Tool.run("audit", "unused", "--store", store, "--since", "2020-01-01T00:00:00Z")
        #expect(unused.status == 0, "\(unused.errors)")
        let redacted = try Tool.run("audit", "redact", "--store", store, "user_demo")
        #expect(redacted.status == 0)
        #expect(try Tool.run("audit", "verify", "--store", store).status == 0)
        #expect(try Tool.run("audit", "redact", "--store", store, "user_demo").status == 1)
    }

    @Test("webhooks are listed, shown and replayed")
    func webhooks() throws {
        let folder = try Folder()
        let path = folder.url.appending(path: "demo.db").path
        #expect(try Tool.run("demo", "--once", "--records", path).status == 0)
        let list = try Tool.run("webhooks", "list", "--store", "sqlite:" + path)
        let webhook = try value(list.lines.first ?? "")
        #expect(webhook["type"] == "organizationMembership.deleted" && webhook["state"] == "done")
        let id = try #require(webhook["id"]?.string)
        let shown = try Tool.run("webhooks", "show", "--store", "sqlite:" + path, id)
        #expect(try value(shown.lines.first ?? "")["body"]?["type"] == "organizationMembership.deleted")
        #expect(try Tool.run("webhooks", "replay", "--store", "sqlite:" + path, id).status == 0)
        #expect(try Tool.run("webhooks", "list", "--store", "sqlite:" + path, "--state", "pending").lines.count == 1)
        #expect(try Tool.run("webhooks", "replay", "--store", "sqlite:" + path, "msg_none").status == 1)
        #expect(try Tool.run("directory", "erase", "--store", "sqlite:" + path, "user_none").status == 1)
    }

    @Test("a store that is not there, or no store, is exit 2 with the name", arguments: ["sqlite:/none.db", "file.db"])
    func missing(_ store: String) throws {
        let result = try Tool.run("audit", "verify", "--store", store)
        #expect(result.status == 2)
        #expect(result.errors.contains("none.db") || result.errors.contains("sqlite:FILE"))
    }

    private func value(_ line: String) throws -> JSONValue {
        JSONValue(try JSONDocument(parsing: Array(line.utf8), maximumDepth: 256).root)
    }
}
#endif
