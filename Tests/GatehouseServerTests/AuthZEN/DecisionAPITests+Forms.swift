#if Server
import GatehouseBase
import Testing

@testable import GatehouseServer

extension DecisionAPITests {
    @Test(
        "A request of another form is 400",
        arguments: [
            ("evaluation", "[]"), ("evaluation", "null"), ("evaluation", "{}"), ("evaluation", #"{"subject":1}"#),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":7},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"context":[]}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"subject":{"type":"user","id":"b"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}} x"#
            ),
            ("evaluations", #"{"options":{"evaluations_semantic":"first"},"evaluations":[{}]}"#),
            ("evaluations", #"{"options":[],"evaluations":[{}]}"#), ("evaluations", #"{"evaluations":{}}"#),
            ("evaluations", #"{"subject":"ann","evaluations":[{}]}"#),
            ("evaluations", #"{"options":{"evaluations_semantic":7},"evaluations":[{}]}"#),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":-1}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":"1"}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":1.5}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":[]}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"token":7}}"#
            ),
            ("search/action", #"{"subject":{"type":"user"},"resource":{"type":"doc","id":"d1"}}"#),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":1e400}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":9223372036854775808}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"\ud800"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"action":{"name":"read","properties":{"a":1,"a":2}},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                "\u{FEFF}"
                    + #"{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            ("evaluation", #"{"context":"# + String(repeating: "[", count: 2_000)),
            (
                "evaluations",
                #"{"evaluations":[{"context":{"a":"# + String(repeating: #"{"a":"#, count: 70) + "1"
                    + String(repeating: "}", count: 70) + "}}]}"
            ),
            ("evaluation", ""), ("evaluation", "\u{0}"), ("evaluation", "{"),
        ]
    )
    func malformed(path: String, body: String) async throws {
        try await RunningSidecar.with(files: Self.files) { server in
            let reply = try await server.client.send(
                "POST",
                server.address + "/access/v1/" + path,
                [("Content-Type", "application/json")],
                body: Array(body.utf8)
            )
            #expect(reply.status == 400, "\(reply.text)")
            #expect(reply.field("Content-Type") == "application/problem+json")
            #expect(reply.json?["detail"]?.string?.isEmpty == false)
            #expect(reply.field("Cache-Control") == "no-store")
        }
    }
}
#endif
