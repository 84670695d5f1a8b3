#if Server
import Foundation
import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseServer

/// The decisions of the AuthZEN Todo interop scenario, over HTTP.
@Suite(SharedVectors.trait)
struct TodoTests {
    private static func entity(_ value: JSONValue?) -> JSONValue {
        guard let value else { return .null }
        var members = [JSONMember("type", value["type"] ?? .null), JSONMember("id", value["id"] ?? .null)]
        if let owner = value["ownerID"] { members.append(JSONMember("properties", ["ownerID": owner])) }
        return .object(members)
    }

    @Test("Every decision and batch of the scenario is as published")
    func decisions() async throws {
        var configuration = ServerConfiguration()
        configuration.policy = SharedVectors.url(of: "authzen/todo-policy.yaml").path
        configuration.entities = SharedVectors.url(of: "authzen/todo-entities.yaml").path
        let root = try #require(SharedVectors.json("authzen/todo-decisions.json").map { JSONValue($0) })
        let decisions = SharedVectors.rows("authzen/todo-decisions.json", "decisions")
        #expect(decisions.count == 40)
        @Sendable func subject(_ name: JSONValue?) -> JSONValue {
            ["type": "user", "id": root["subjects"]?[name?.string ?? ""]?["id"] ?? .null]
        }
        try await RunningSidecar.with(configuration) { server in
            for row in decisions {
                let request: JSONValue = [
                    "subject": subject(row["subject"]), "action": ["name": row["action"] ?? .null],
                    "resource": Self.entity(row["resource"]),
                ]
                let reply = try await server.client.post(server.address + "/access/v1/evaluation", request)
                let expected: JSONValue = ["decision": row["decision"] ?? .null]
                #expect(reply.json == expected, "\(row.testDescription)")
            }
            for batch in root["batches"]?.elements ?? [] {
                let request: JSONValue = [
                    "subject": subject(batch["subject"]), "action": ["name": batch["action"] ?? .null],
                    "resource": [:],
                    "evaluations": .array((batch["resources"]?.elements ?? []).map { ["resource": Self.entity($0)] }),
                ]
                let reply = try await server.client.post(server.address + "/access/v1/evaluations", request)
                let expected: JSONValue = [
                    "evaluations": .array((batch["decisions"]?.elements ?? []).map { ["decision": $0] })
                ]
                #expect(reply.json == expected, "\(batch)")
            }
        }
    }
}
#endif
