import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import Testing

@testable import GatehouseClerk

@Suite("The Backend API client: requests and answers")
struct RequestTests {
    static let secret = RetryTests.secret

    static func client(_ answers: [InMemoryTransport.Answer]) throws -> (ClerkClient, InMemoryTransport) {
        let transport = InMemoryTransport(answers: answers)
        return (try ClerkClient(secretKey: try ClerkSecretKey(secret), transport: transport), transport)
    }

    @Test("a request has the address, the key, the version and the operation's parameters")
    func request() async throws {
        let (client, transport) = try Self.client([RetryTests.answer(200, #"{"id":"org_1"}"#)])
        _ = try await client.organizations.create(name: "Acme", maximumMembers: 5)
        let sent = try #require(transport.requests.first)
        #expect(sent.method == .post)
        #expect(sent.url == "https://api.clerk.com/v1/organizations")
        #expect(sent.headerFields[.authorization] == "Bearer \(Self.secret)")
        #expect(sent.headerFields[.clerkAPIVersion] == "2026-05-12")
        #expect(sent.headerFields[.contentType] == "application/json")
        #expect(String(decoding: sent.body, as: UTF8.self) == #"{"name":"Acme","max_allowed_memberships":5}"#)
        #expect(sent.maximumResponseByteCount == 16 * 1_024 * 1_024)
    }

    @Test(
        "ids are escaped in the path, so that no id names another operation",
        arguments: [
            ("user_1", "user_1"), ("a/b", "a%2Fb"), ("../x", "..%2Fx"), ("a?b#c", "a%3Fb%23c"), ("é", "%C3%A9"),
            ("a b+c", "a%20b%2Bc"),
        ]
    )
    func escaping(id: String, expected: String) async throws {
        let (client, transport) = try Self.client([RetryTests.good])
        _ = try await client.users.get(id)
        #expect(transport.requests.first?.url == "https://api.clerk.com/v1/users/\(expected)")
    }

    @Test("a malformed id is refused before anything is sent", arguments: ["", ".", ".."])
    func badIDs(id: String) async throws {
        let (client, transport) = try Self.client([RetryTests.good])
        let error = await failure { () async throws(ClerkError) in try await client.users.delete(id) }
        #expect(error?.code == .invalidRequest)
        #expect(transport.requests.isEmpty)
    }

    @Test("machine tokens are verified without a version in the path")
    func machinePrefix() async throws {
        let (client, transport) = try Self.client([RetryTests.answer(200, #"{"id":"mt_1"}"#)])
        _ = try await client.machineTokens.verify("mt_token")
        #expect(transport.requests.first?.url == "https://api.clerk.com/m2m_tokens/verify")
    }

    @Test("arrays of a query are repeated, and signs are escaped")
    func query() async throws {
        let (client, transport) = try Self.client([RetryTests.answer(200, #"{"data":[],"total_count":0}"#)])
        _ = try await client.memberships.list(in: "org_1", userIDs: ["user_1", "-user_2"]).all()
        #expect(
            transport.requests.first?.url
                == "https://api.clerk.com/v1/organizations/org_1/memberships?user_id=user_1&user_id=-user_2&limit=500&offset=0&order_by=%2Bcreated_at"
        )
    }

    @Test(
        "a member that the operation does not take is refused before anything is sent",
        arguments: [
            (#"{"nmae":"x"}"#, "nmae"), (#"{"name":5}"#, "name"), (#"{}"#, "name"),
            (#"{"name":"x","slug":["a"]}"#, "slug"),
            (#"{"name":null}"#, "name"), (#"{"name":"x","max_allowed_memberships":1.5}"#, "max_allowed_memberships"),
        ]
    )
    func unknownMembers(body: String, parameter: String) async throws {
        let (client, transport) = try Self.client([RetryTests.good])
        let json = JSONValue(try JSONDocument(parsing: Array(body.utf8)).root)
        let error = await failure { () async throws(ClerkError) in
            try await client.send(ClerkRequest("CreateOrganization", body: json))
        }
        #expect(error?.code == .invalidRequest)
        #expect(error?.details.first?.parameter == parameter)
        #expect(transport.requests.isEmpty)
    }

    @Test("an error has Clerk's codes, the member's name and the trace id")
    func errors() async throws {
        let body =
            #"{"errors":[{"code":"form_identifier_exists","message":"is taken","long_message":"That slug is taken.","meta":{"param_name":"slug"}}],"clerk_trace_id":"trace_1"}"#
        let (client, _) = try Self.client([RetryTests.answer(422, body)])
        let error = await failure { () async throws(ClerkError) in try await client.organizations.create(name: "Acme") }
        #expect(error?.code == .refused)
        #expect(error?.operation == "CreateOrganization")
        #expect(
            error?.details == [.init(code: "form_identifier_exists", message: "That slug is taken.", parameter: "slug")]
        )
        #expect(error?.traceID == "trace_1")
        #expect(
            error?.description
                == "CreateOrganization: refused (422): Clerk does not accept the request; form_identifier_exists (slug): That slug is taken. [trace trace_1]"
        )
    }

    @Test("an answer that is not JSON is an error with the status", arguments: ["<html>", "", "\u{FEFF}{}"])
    func pages(body: String) async throws {
        let (client, _) = try Self.client([RetryTests.answer(403, body, [try #require(.init("cf-ray")): "ray_1"])])
        let error = await failure { () async throws(ClerkError) in try await client.users.get("user_1") }
        #expect(error?.status == 403)
        #expect(error?.traceID == "ray_1")
    }

    @Test(
        "an answer without an id is refused",
        arguments: ["{}", #"{"id":null}"#, #"{"id":5}"#, "[]", "null", #"{"id":""}"#]
    )
    func withoutID(body: String) async throws {
        let (client, _) = try Self.client([RetryTests.answer(200, body)])
        let error = await failure { () async throws(ClerkError) in try await client.users.get("user_1") }
        #expect(error?.code == .invalidAnswer)
    }

    @Test("the secret key and secrets of a request are in no error, description or mirror")
    func secrecy() async throws {
        let password = "correct horse battery"
        let echo =
            #"{"errors":[{"code":"x","message":"key \#(Self.secret) and \#(password)","meta":{"param_name":"\#(Self.secret)"}}]}"#
        let (client, transport) = try Self.client([RetryTests.answer(422, echo)])
        let error = await failure { () async throws(ClerkError) in
            try await client.users.create(emailAddresses: ["a@example.com"], password: password)
        }
        var shown = [String(describing: error), String(reflecting: error), "\(client)", String(reflecting: client)]
        dump(client, to: &shown[0])
        dump(error, to: &shown[1])
        let key = try ClerkSecretKey(Self.secret)
        shown += ["\(key)", String(reflecting: key)]
        dump(key, to: &shown[2])
        dump(ClerkRequest("CreateUser", body: ["password": .string(password)]), to: &shown[3])
        dump(try #require(transport.requests.first), to: &shown[3])
        dump(ClerkAPIKey(id: "ak_1", json: ["secret": .string(password)]), to: &shown[3])
        for text in shown {
            #expect(!text.contains("verysecret"))
            #expect(!text.contains(password))
        }
        #expect(error?.details.first?.message == "(left out: it has a secret in it)")
    }

    @Test("a key that no field can hold is refused", arguments: ["", " \n", "sk_test_a b", "sk_test_\r\nx: y", "sk_é"])
    func badKeys(text: String) {
        #expect(throws: ClerkError.self) { try ClerkSecretKey(text) }
    }

    @Test(
        "an address that would show the key is refused",
        arguments: ["http://api.clerk.com", "ftp://x", "", "https://u:p@x.y", "https://x.y?a"]
    )
    func badAddresses(address: String) throws {
        let key = try ClerkSecretKey("\n" + Self.secret + "\n")
        #expect(throws: ClerkError.self) {
            try ClerkClient(
                secretKey: key,
                transport: InMemoryTransport(answers: []),
                configuration: .init(address: address)
            )
        }
    }

    @Test("two clients share nothing: each asks with its own key")
    func instances() async throws {
        let transport = InMemoryTransport(answers: [RetryTests.good])
        for key in ["sk_test_one", "sk_live_two"] {
            let client = try ClerkClient(secretKey: try ClerkSecretKey(key), transport: transport)
            _ = try await client.users.get("user_1")
        }
        #expect(
            transport.requests.map { $0.headerFields[.authorization] } == ["Bearer sk_test_one", "Bearer sk_live_two"]
        )
    }
}
