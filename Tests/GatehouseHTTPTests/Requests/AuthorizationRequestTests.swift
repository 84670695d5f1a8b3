import Testing

@testable import GatehouseHTTP

@Suite("What a middleware sees of a request")
struct AuthorizationRequestTests {
    @Test(
        "a sane request id is taken over, and any other is replaced",
        arguments: [
            (["abc-DEF_1.2"], true),
            ([String(repeating: "x", count: 128)], true),
            ([String(repeating: "x", count: 129)], false),
            ([""], false),
            (["a b"], false),
            (["a\"b"], false),
            (["ä"], false),
            (["a,b"], false),
            (["a", "b"], false),
            ([], false),
        ] as [([String], Bool)]
    )
    func requestID(sent: [String], isTaken: Bool) {
        var fields = HTTPFields()
        fields[values: .xRequestID] = sent
        let ids = (0..<2).map { _ in AuthorizationRequest(method: .get, path: "/", headerFields: fields).requestID }
        if isTaken {
            #expect(ids == [sent[0], sent[0]])
        } else {
            #expect(ids[0] != ids[1])
            #expect(ids.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
            let named = AuthorizationRequest(method: .get, path: "/", headerFields: fields, requestID: "host-1")
            #expect(named.requestID == "host-1")
        }
    }

    @Test(
        "the path is without the query, and otherwise as it was sent",
        arguments: [("/a/b", "/a/b"), ("/a?b=c?d", "/a"), ("/%61//b/", "/%61//b/"), ("?x", ""), ("", "")]
    )
    func path(sent: String, seen: String) {
        #expect(AuthorizationRequest(HTTPRequest(method: .get, scheme: nil, authority: nil, path: sent)).path == seen)
    }
}
