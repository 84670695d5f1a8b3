#if Server && PostgreSQL
import Foundation
import GatehouseBase
import GatehouseRecords
import GatehouseTesting
import HTTPTypes
import TestSupport
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Two nodes of `gatehouse serve` on one PostgreSQL server, and the commands on what both wrote.
@Suite("gatehouse serve on PostgreSQL")
struct ServeNodesTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let isThere =
        FileManager.default.fileExists(atPath: "/usr/lib/postgresql")
        || ProcessInfo.processInfo.environment["CI"] != nil

    @Test(
        "a removal at one node is refused at the other, and the commands read the records of both",
        .enabled(if: isThere, "apt-get install postgresql"),
        .timeLimit(.minutes(2))
    )
    func nodes() async throws {
        let database = try DatabaseProcess()
        let folder = try TemporaryFolder()
        let issuer = try TestIssuer(authorizedParty: "https://app.example.com")
        let config = try Self.write(to: folder, issuer, database)
        let nodes = try ["node-a", "node-b"].map {
            try ServerProcess(configuration: config, environment: ["GATEHOUSE_NODE": $0])
        }
        let addresses = try nodes.map { node in
            "http://" + (try #require(try node.line("Gatehouse listens")?["gatehouse.address"]?.string))
        }
        for address in addresses {
            // Readiness is asked until the node hears the others.
            while try await Self.ask(address + "/health/ready").json?["nodes"]?["status"] != "connected" {}
        }
        let bearer = ["Authorization": "Bearer \(try issuer.token(for: .member("user_1", of: "org_1")))"]
        func status(_ address: String) async throws -> Int {
            try await Self.ask(address + "/forward-auth/api/invoices/7", bearer).status
        }
        for address in addresses { #expect(try await status(address) == 200) }

        let removal = Self.removal()
        let signer = WebhookSigner(try WebhookSecret(Self.secret))
        let fields = try signer.headerFields(id: "msg_1", at: WallClock.system.now(), body: removal, names: .svix)
        let signed = Dictionary(uniqueKeysWithValues: fields.map { ($0.name.rawName, $0.value) })
        #expect(try await Self.ask(addresses[0] + "/webhooks/clerk", signed, removal).status == 200)
        for address in addresses {
            while try await status(address) != 401 {}
        }

        for node in nodes {
            node.terminate()
            #expect(try node.line("Gatehouse stopped") != nil)
            #expect(node.waitUntilExit() == 0)
            #expect(!node.text.contains("hush"), "\(node.text)")
        }
        try await Self.commands(database, config)
    }

    @Test(
        "nodes use the published policy, and the last good policy where another cannot be read",
        .enabled(if: isThere, "apt-get install postgresql"),
        .timeLimit(.minutes(2))
    )
    func publishedPolicy() async throws {
        let database = try DatabaseProcess()
        let folder = try TemporaryFolder()
        func policy(_ name: String, _ grant: String) throws -> String {
            try folder.write(
                "gatehouse: 1\nroles: { r: { grants: [\(grant)] } }\nassignments: [{ principal: ann, role: r }]\n",
                to: name
            )
        }
        func publish(_ file: String, _ options: String...) async throws -> Tool.Result {
            try await Tool.run(["policy", "publish", file, "--store", database.url] + options)
        }
        let (read, write) = (try policy("read.yaml", "doc:read"), try policy("write.yaml", "doc:write"))
        let config = try folder.write("policy: store\nstore: \(database.url)\n", to: "gatehouse.yaml")
        #expect(try await Tool.run("serve", "--config", config, "--check").status == 0)
        let none = try await Tool.run("serve", "--config", config)
        #expect(none.status == 2 && none.errors.contains("gatehouse policy publish"), "\(none.errors)")

        let first = try await publish(read, "--replacing", "none")
        #expect(first.status == 0, "\(first.errors)")
        let answer = JSONValue(try JSONDocument(parsing: Array((first.lines.first ?? "").utf8)).root)
        let revision = try #require(answer["revision"]?.string)
        #expect(first.lines == [#"{"revision":"\#(revision)","replaced":null}"#])
        let stale = try await publish(write, "--replacing", "none")
        #expect(stale.status == 1 && stale.errors.contains(revision), "\(stale.errors)")
        #expect(try await publish(try folder.write("gatehouse: 2\n", to: "broken.yaml")).status == 2)

        let nodes = try ["node-a", "node-b"].map {
            try ServerProcess(configuration: config, environment: ["GATEHOUSE_NODE": $0])
        }
        let addresses = try nodes.map { node in
            "http://" + (try #require(try node.line("Gatehouse listens")?["gatehouse.address"]?.string))
        }
        func decision(_ address: String, _ action: String) async throws -> JSONValue? {
            let question =
                #"{"subject":{"type":"user","id":"ann"},"action":{"name":"\#(action)"},"resource":{"type":"doc","id":"1"}}"#
            let fields = ["Content-Type": "application/json"]
            let url = address + "/access/v1/evaluation"
            return try await Self.ask(url, fields, Array(question.utf8)).json?["decision"]
        }
        for address in addresses {
            #expect(try await decision(address, "doc:read") == true)
            #expect(try await decision(address, "doc:write") == false)
        }
        #expect(try await publish(write, "--replacing", revision).status == 0)
        for address in addresses {
            while try await decision(address, "doc:write") != true {}
            #expect(try await decision(address, "doc:read") == false)
            let ready = try await Self.ask(address + "/health/ready")
            #expect(ready.status == 200 && ready.json?["policy"]?["status"] == "loaded")
            #expect(ready.json?["policy"]?["revision"]?.string != revision)
        }
        let export = try await Tool.run("audit", "export", "--store", database.url, "--type", "policy.published")
        #expect(export.lines.count == 2 && export.lines[0].contains(revision), "\(export.errors)")
        // No other node shares a file.
        let file = folder.url.appending(path: "records.db").path
        #expect(try await Tool.run("demo", "--once", "--records", file).status == 0)
        #expect(try await Tool.run("policy", "publish", read, "--store", "sqlite:" + file).status == 2)
        for node in nodes { node.terminate() }
        for node in nodes { #expect(node.waitUntilExit() == 0) }
    }

    private static func commands(_ database: DatabaseProcess, _ config: String) async throws {
        let verified = try await Tool.run("audit", "verify", "--store", database.url)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        for node in ["node-a", "node-b"] {
            #expect(verified.lines.contains { $0.hasPrefix(#"{"writer":"\#(node)","records":"#) })
        }
        let exported = try await Tool.run("audit", "export", "--config", config, "--type", "decision")
        #expect(exported.status == 0 && exported.lines.count >= 2, "\(exported.errors)")
        let report = try await Tool.run("audit", "report", "--store", database.url, "--format", "json")
        #expect(report.lines.first?.contains(#""organizationMembership.deleted":1"#) == true, "\(report.errors)")
        let webhooks = try await Tool.run("webhooks", "list", "--store", database.url, "--state", "done")
        #expect(webhooks.lines.count == 1 && webhooks.lines[0].contains(#""id":"msg_1""#), "\(webhooks.errors)")
        #expect(try await Tool.run("directory", "erase", "--store", database.url, "user_none").status == 1)
        let again = try await Tool.run("audit", "verify", "--config", config)
        #expect(again.status == 0, "\(again.output)\(again.errors)")
    }

    private static func write(to folder: TemporaryFolder, _ issuer: TestIssuer, _ database: DatabaseProcess) throws
        -> String
    {
        try folder.write(issuer.keyPair.jwks.description, to: "jwks.json")
        try folder.write("gatehouse: 1\nroles: { org:member: { grants: [org:invoices:read] } }\n", to: "policy.yaml")
        // The server asks for no password; nobody is to see one all the same.
        try folder.write(database.url.replacing("postgres@", with: "postgres:hush@") + "\n", to: "store-url")
        return try folder.write(
            """
            policy: policy.yaml
            store: file:store-url
            clerk: { jwks: jwks.json, issuer: \(issuer.name), webhookSecrets: [\(secret)] }
            routes:
              - { path: /api/**, require: { permission: org:invoices:read } }

            """,
            to: "gatehouse.yaml"
        )
    }

    private static func removal() -> [UInt8] {
        let now = Int(WallClock.system.now().secondsSinceEpoch * 1_000)
        return Array(
            """
            {"type":"organizationMembership.deleted","object":"event","instance_id":"ins_1","timestamp":\(now),"data":{"id":"orgmem_1",
            "object":"organization_membership","role":"org:member","created_at":\(now),"updated_at":\(now),
            "organization":{"id":"org_1","name":"A","slug":"a"},
            "public_user_data":{"user_id":"user_1","identifier":"a@example.com"}}}
            """.utf8
        )
    }

    private static func ask(
        _ url: String,
        _ fields: [String: String] = [:],
        _ body: [UInt8]? = nil
    ) async throws -> (status: Int, json: JSONValue?) {
        var request = URLRequest(url: try #require(URL(string: url)))
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        if let body {
            request.httpMethod = "POST"
            request.httpBody = Data(body)
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let json = (try? JSONDocument(parsing: Array(data))).map { JSONValue($0.root) }
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, json)
    }
}

/// A PostgreSQL server of `.ci/postgresql`, for as long as this object lives.
private final class DatabaseProcess {
    let url: String
    private let program: RunningProgram

    init() throws {
        let script = URL(filePath: #filePath).appending(path: "../../../.ci/postgresql").standardized
        program = try RunningProgram([script.path, "sh", "-c", #"echo "$0"; cat >/dev/null"#])
        url = try #require(program.output.next())
    }

    deinit {
        // The script ends the server at the end of its input.
        try? program.closeInput()
        program.waitUntilExit()
    }
}
#endif
