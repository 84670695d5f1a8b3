#if Server
import GatehouseBase
import GatehouseTokens
import SeededGenerator
import Testing

@testable import GatehouseServer

extension DecisionAPITests {
    @Test("A token goes on as before, and is refused with another limit or another question")
    func tokens() async throws {
        @Sendable func request(_ page: JSONValue, _ action: String = "folder:open") -> JSONValue {
            [
                "subject": ["type": "user", "id": "ann", "properties": ["a": 1, "b": 2]],
                "action": ["name": .string(action)],
                "resource": ["type": "doc"], "page": page,
            ]
        }
        try await Self.with { ask in
            let first = try await ask("search/resource", request(["limit": 1])).json
            let token = first?["page"]?["next_token"] ?? .null
            #expect(first?["results"]?.elements.count == 1)
            let second = try await ask("search/resource", request(["token": token, "unknown": [:]])).json
            #expect(second == ["page": ["next_token": ""], "results": [["type": "doc", "id": "d2"]]])
            #expect(try await ask("search/resource", request(["token": token, "limit": 1])).json == second)
            #expect(try await ask("search/resource", request(["token": token, "limit": 2])).status == 400)
            #expect(try await ask("search/resource", request(["token": token], "doc:read")).status == 400)
            #expect(try await ask("search/subject", request(["token": token])).status == 400)
            #expect(try await ask("search/resource", request(["token": ""])).json?["results"]?.elements.count == 2)
            let none = try await ask("search/resource", request(["limit": 0])).json
            #expect(none?["results"] == [])
            #expect(none?["page"]?["next_token"]?.string?.isEmpty == false)
            // The order of members does not make another question.
            var other = request(["token": token])
            if case .object(let members) = other { other = .object(members.reversed()) }
            #expect(try await ask("search/resource", other).json == second)
            // A search passes over members that it does not use, whatever they are.
            let stray: JSONValue = [
                "subject": ["type": "user", "id": 7], "action": ["name": "doc:read"],
                "resource": ["type": "doc", "id": "d1"],
            ]
            #expect(try await ask("search/subject", stray).json?["results"] == [["type": "user", "id": "ann"]])
            let noAction: JSONValue = [
                "subject": ["type": "user", "id": "ann"], "action": 7, "resource": ["type": "doc", "id": "d1"],
            ]
            #expect(try await ask("search/action", noAction).json?["results"] == [["name": "read"], ["name": "write"]])
        }
    }

    @Test(
        "A token of another search is refused, and a token with a forged place gives no result that is not allowed"
    )
    func forgedTokens() async throws {
        try await RunningSidecar.with(files: Self.files) { server in
            func search(_ page: JSONValue) async throws -> HTTPClient.Reply {
                try await server.client.post(
                    server.address + "/access/v1/search/resource",
                    [
                        "subject": ["type": "user", "id": "ann"], "action": ["name": "folder:open"],
                        "resource": ["type": "doc"], "page": page,
                    ]
                )
            }
            let all = try await search([:]).json?["results"]?.elements ?? []
            let given = try await search(["limit": 1]).json?["page"]?["next_token"]?.string ?? ""
            let bytes = try #require(Base64URL.decode(given))
            #expect(bytes.count == 49)
            for index in bytes.indices {
                for bit in [UInt8(1), 0x80] {
                    var forged = bytes
                    forged[index] ^= bit
                    let reply = try await search(["token": .string(Base64URL.encode(forged))])
                    // The version, and what tells the search from others; a place and a limit may be anything that is a number.
                    guard (1..<17).contains(index) else {
                        #expect(reply.status == 400)
                        continue
                    }
                    #expect(reply.status == 200 || reply.status == 400)
                    let results = reply.json?["results"]?.elements ?? []
                    #expect(results.allSatisfy { all.contains($0) })
                }
            }
            for token in ["a", "===", given + "A", String(given.dropLast()), String(repeating: "A", count: 300)] {
                #expect(try await search(["token": .string(token)]).status == 400)
            }
        }
    }

    @Test("A search gives the results that evaluation allows, and no others", arguments: UInt64(1)...20)
    func searchIsEvaluation(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let world = try RandomWorld(using: &generator)
        let point = try world.decisionPoint()
        for _ in 0..<20 {
            let asked = world.question(using: &generator)
            for search in [DecisionPoint.Search.subject, .resource, .action] {
                let limit = Int.random(in: 1...3, using: &generator)
                let found = try await results(of: search, asked, point, limit: limit)
                for (candidate, evaluation) in world.candidates(search, asked, point) {
                    let body = try JSONDocument(parsing: evaluation.utf8).root
                    let isAllowed = try await point.evaluation(body)["decision"] == true
                    #expect(isAllowed == found.contains(candidate), "\(search) \(candidate) \(asked)")
                }
            }
        }
    }

    /// All pages of a search; with and without pages the results are the same.
    private func results(
        of search: DecisionPoint.Search,
        _ asked: JSONValue,
        _ point: DecisionPoint,
        limit: Int
    ) async throws -> [JSONValue] {
        let whole = try await point.search(search, JSONDocument(parsing: asked.utf8).root)["results"]?.elements ?? []
        var paged: [JSONValue] = []
        var token = ""
        repeat {
            var page: [JSONMember] = [JSONMember("limit", .number(JSONNumber(limit)))]
            if !token.isEmpty { page.append(JSONMember("token", .string(token))) }
            guard case .object(let members) = asked else { break }
            let request = JSONValue.object(members + [JSONMember("page", .object(page))])
            let answer = try await point.search(search, JSONDocument(parsing: request.utf8).root)
            paged += answer["results"]?.elements ?? []
            token = answer["page"]?["next_token"]?.string ?? ""
        } while !token.isEmpty && paged.count <= whole.count
        #expect(paged == whole)
        return whole
    }
}
#endif
