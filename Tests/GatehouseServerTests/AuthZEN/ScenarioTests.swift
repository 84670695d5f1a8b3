#if Server
import Foundation
import GatehouseBase
import HTTPTypes
import SharedVectors
import TestSupport
import Testing

@testable import GatehouseServer

/// The cases of the AuthZEN 1.0 certification scenario, over HTTP.
@Suite(SharedVectors.trait)
struct ScenarioTests {
    private static let key = "pep-key-of-the-scenario"

    /// The server of `fixture.md`, and the one without keys and public address.
    private static func configuration(_ folder: TemporaryFolder, isBare: Bool) throws -> ServerConfiguration {
        try folder.write(key + "\n", to: "pep-key")
        try folder.write(
            """
            policy: \(SharedVectors.url(of: "authzen/scenario-policy.yaml").path)
            entities: \(SharedVectors.url(of: "authzen/scenario-entities.yaml").path)

            """ + (isBare ? "" : "publicURL: https://pdp.example.com\napiKeys: [file:pep-key]\n"),
            to: "gatehouse.yaml"
        )
        return try ServerConfiguration(file: folder.file("gatehouse.yaml"), environment: [:])
    }

    @Test("A case of the scenario has the expected answer", arguments: [false, true])
    func scenario(isBare: Bool) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let cases = SharedVectors.rows("authzen/scenario-cases.json", "cases").filter {
            ($0["server"]?.string == "bare") == isBare
        }
        #expect(!cases.isEmpty)
        try await RunningSidecar.with(try Self.configuration(folder, isBare: isBare)) { server in
            for row in cases { try await ScenarioCase(value: row.value, key: Self.key, server: server).run() }
        }
    }
}

/// One case, as `scenario-cases.json` describes it.
private struct ScenarioCase: Sendable {
    let value: JSONValue
    let key: String
    let server: RunningSidecar

    private var id: String { value["id"]?.string ?? "" }

    func run() async throws {
        guard let request = value["request"], let expected = value["expect"] else {
            Issue.record("\(id) has no request")
            return
        }
        let reply = try await send(request)
        check(reply, expected)
        if case .number(let times)? = value["repeat"] {
            for _ in 1..<(times.int ?? 1) {
                let again = try await send(request)
                check(again, expected)
                #expect(again.body == reply.body, "\(id)")
            }
        }
        if let pages = value["pages"] { try await follow(pages, request, reply, expected) }
        for next in value["then"]?.elements ?? [] {
            let token = reply.json?["page"]?["next_token"]?.string ?? ""
            let request = next["request"].map { Self.replacing("{next_token}", by: token, in: $0) } ?? .null
            check(try await send(request), next["expect"] ?? .null)
        }
        if let candidates = value["evaluate"]?["candidates"]?.elements {
            try await evaluateAgain(candidates, request, reply)
        }
    }

    private func send(_ request: JSONValue) async throws -> HTTPClient.Reply {
        var fields: [(String, String)] = []
        let own = if case .object(let members)? = request["headers"] { members } else { [JSONMember]() }
        func hasOwn(_ name: String) -> Bool { own.contains { $0.name.lowercased() == name.lowercased() } }
        let body = request["body"].map(\.utf8) ?? request["raw"]?.string.map { Array($0.utf8) }
        if !hasOwn("Authorization") { fields.append(("Authorization", "Bearer \(key)")) }
        if body != nil, !hasOwn("Content-Type") { fields.append(("Content-Type", "application/json")) }
        for member in own {
            let values = member.value.string.map { [$0] } ?? member.value.elements.compactMap(\.string)
            for value in values { fields.append((member.name, value.replacing("{bearer}", with: key))) }
        }
        return try await server.client.send(
            request["method"]?.string ?? "GET",
            server.address + (request["path"]?.string ?? "/"),
            fields,
            body: body ?? []
        )
    }

    private func check(_ reply: HTTPClient.Reply, _ expected: JSONValue) {
        if case .number(let status)? = expected["status"] {
            #expect(reply.status == status.int, "\(id): \(reply.text)")
        }
        for assertion in expected["json"]?.elements ?? [] {
            let fault = reply.json.map { JSONAssertion(assertion: assertion).fault(of: $0) } ?? "no JSON: \(reply.text)"
            #expect(fault == nil, "\(id): \(fault ?? "")")
        }
        for assertion in expected["headers"]?.elements ?? [] {
            let found = assertion["at"]?.string.flatMap { reply.field($0) }
            let fault =
                found.map { JSONAssertion.fault(.string($0), assertion) } ?? "\(assertion["at"] ?? "") is missing"
            #expect(fault == nil, "\(id): \(fault ?? "")")
        }
    }

    private func follow(
        _ pages: JSONValue,
        _ request: JSONValue,
        _ first: HTTPClient.Reply,
        _ expected: JSONValue
    ) async throws {
        var results = first.json?["results"]?.elements ?? []
        var token = first.json?["page"]?["next_token"]?.string ?? ""
        var count = 1
        while !token.isEmpty, count < 100 {
            var page: [JSONMember] = [JSONMember("token", .string(token))]
            if pages["keepLimit"] == true, let limit = request["body"]?["page"]?["limit"] {
                page.append(JSONMember("limit", limit))
            }
            let next = try await send(Self.setting("page", to: .object(page), in: request))
            check(next, expected)
            results += next.json?["results"]?.elements ?? []
            token = next.json?["page"]?["next_token"]?.string ?? ""
            count += 1
        }
        let all: JSONValue = ["results": .array(results), "pages": .number(JSONNumber(count))]
        for assertion in pages["json"]?.elements ?? [] {
            let fault = JSONAssertion(assertion: assertion).fault(of: all)
            #expect(fault == nil, "\(id): \(fault ?? "")")
        }
    }

    /// Each candidate is allowed by an evaluation if and only if it was a result.
    private func evaluateAgain(_ candidates: [JSONValue], _ request: JSONValue, _ reply: HTTPClient.Reply) async throws
    {
        let results = (reply.json?["results"]?.elements ?? []).map(\.sorted)
        let path = request["path"]?.string ?? ""
        let member = path.hasSuffix("subject") ? "subject" : path.hasSuffix("resource") ? "resource" : "action"
        for candidate in candidates {
            var entity = candidate
            if let properties = request["body"]?[member]?["properties"], case .object(let members) = entity {
                entity = .object(members + [JSONMember("properties", properties)])
            }
            var evaluation = Self.setting(member, to: entity, in: request)
            if case .object(let members) = evaluation {
                evaluation = .object(
                    members.map { $0.name == "path" ? JSONMember("path", "/access/v1/evaluation") : $0 }
                )
            }
            let answer = try await send(evaluation)
            #expect(
                answer.json?["decision"] == .bool(results.contains(candidate.sorted)),
                "\(id): \(candidate) in \(results)"
            )
        }
    }

    private static func setting(_ name: String, to value: JSONValue, in request: JSONValue) -> JSONValue {
        guard case .object(let members) = request else { return request }
        return .object(
            members.map { member in
                guard member.name == "body", case .object(let body) = member.value else { return member }
                return JSONMember("body", .object(body.filter { $0.name != name } + [JSONMember(name, value)]))
            }
        )
    }

    private static func replacing(_ text: String, by other: String, in value: JSONValue) -> JSONValue {
        switch value {
        case .string(let string): .string(string.replacing(text, with: other))
        case .array(let elements): .array(elements.map { replacing(text, by: other, in: $0) })
        case .object(let members):
            .object(members.map { JSONMember($0.name, replacing(text, by: other, in: $0.value)) })
        default: value
        }
    }
}
#endif
