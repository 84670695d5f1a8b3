#if TestServers && AsyncHTTPClient
import GatehouseBase
import GatehouseTestingServers
import HTTPTypes
import Testing

@testable import GatehouseClerk

@Suite("The client against a Clerk that misbehaves, over HTTP")
struct FakeFaultTests {
    @Test(
        "a read survives a fault that passes",
        arguments: [
            FakeClerk.Fault.status(500), .status(503), .status(429, retryAfter: 1), .html(), .reset, .truncate,
            .delay(milliseconds: 20),
        ]
    )
    func reads(fault: FakeClerk.Fault) async throws {
        try await withFake { fake, clerk in
            let id = try await clerk.organizations.create(name: "Acme").id
            fake.fail(fault)
            #expect(try await clerk.organizations.get(id).name == "Acme")
        }
    }

    @Test(
        "a change is never carried out twice",
        arguments: [
            FakeClerk.Fault.status(500), .status(503), .status(429, retryAfter: 1), .html(), .reset, .truncate,
            .delay(milliseconds: 20),
        ]
    )
    func changes(fault: FakeClerk.Fault) async throws {
        try await withFake { fake, clerk in
            fake.fail(fault)
            let error = await failure { () async throws(ClerkError) in
                try await clerk.organizations.create(name: "Acme")
            }
            let count = try await clerk.organizations.list().all().count
            #expect(count <= 1)
            if error == nil { #expect(count == 1) } else { #expect(error?.mayHaveHappened == true) }
        }
    }

    @Test(
        "no error, description or mirror of any fault has the secret key or a secret of the request in it",
        arguments: [
            FakeClerk.Fault.status(401), .status(422), .status(429, retryAfter: 1), .status(500), .html(), .reset,
            .truncate,
            .delay(milliseconds: 2_000), .drip(milliseconds: 500),
        ]
    )
    func secrets(fault: FakeClerk.Fault) async throws {
        try await withFake(configuration: { ($0.deadline, $0.maximumAttempts) = (.milliseconds(1_500), 1) }) {
            fake,
            clerk in
            fake.fail(fault, times: 10)
            let password = "correct horse battery"
            let key = fake.secretKeyText
            var shown = ""
            let failures: [(any Error)?] = [
                await failure { () async throws(ClerkError) in
                    try await clerk.users.create(emailAddresses: ["ada@example.com"], password: password)
                },
                await failure { () async throws(ClerkError) in try await clerk.users.get(key) },
                await failure { () async throws(ClerkError) in try await clerk.machineTokens.verify(key) },
                await failure { () async throws(ClerkError) in try await clerk.organizations.list().all() },
            ]
            for error in failures {
                let error = try #require(error as? ClerkError)
                shown += "\(error) \(String(reflecting: error)) \(error.message) \(error.details)"
                dump(error, to: &shown)
            }
            dump(clerk, to: &shown)
            #expect(!shown.contains(key) && !shown.contains(password))
        }
    }

    @Test("an answer that comes byte by byte ends with the deadline")
    func drip() async throws {
        try await withFake(configuration: { $0.deadline = .milliseconds(300) }) { fake, clerk in
            fake.fail(.drip(milliseconds: 50))
            let error = await failure { () async throws(ClerkError) in try await clerk.organizations.list().all() }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test("a wrong key, a wrong path and requests that the document does not describe are refused by the fake")
    func refusals() async throws {
        try await withFake { fake, clerk in
            let other = try ClerkClient(
                secretKey: try ClerkSecretKey("sk_test_wrong"),
                transport: clerk.transport,
                configuration: fake.configuration
            )
            let wrongKey = await failure { () async throws(ClerkError) in try await other.users.get("user_1") }
            #expect(wrongKey?.code == .unauthorized)
            func status(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws -> Int {
                let response = try await clerk.transport.send(
                    .init(
                        method: method,
                        url: fake.url + path,
                        headerFields: [
                            .authorization: "Bearer \(fake.secretKeyText)", .contentType: "application/json",
                        ],
                        body: Array(body.utf8),
                        deadline: .seconds(10),
                        maximumResponseByteCount: 100_000
                    )
                )
                return response.status.code
            }
            #expect(try await status(.post, "/v1/organizations", #"{"name":"x","colour":"red"}"#) == 422)
            #expect(try await status(.post, "/v1/organizations", #"{}"#) == 422)
            #expect(try await status(.post, "/v1/organizations", #"{"name":5}"#) == 422)
            #expect(try await status(.post, "/v1/organizations", "{") == 400)
            #expect(try await status(.get, "/v1/organizations?limit=501", "") == 422)
            #expect(try await status(.get, "/v1/organizations?colour=red", "") == 422)
            #expect(try await status(.get, "/v1/organisations", "") == 404)
            #expect(try await status(.put, "/v1/organizations", "") == 405)
            #expect(try await status(.get, "/organizations", "") == 200)
        }
    }

    @Test("a rate limit of the fake is kept to, and told with a time")
    func limit() async throws {
        try await withFake(configuration: { $0.deadline = .seconds(60) }) { fake, clerk in
            fake.limit(to: 2, perSeconds: 3_600)
            _ = try await clerk.organizations.list().all()
            _ = try await clerk.organizations.list().all()
            let error = await failure { () async throws(ClerkError) in try await clerk.organizations.list().all() }
            #expect(error?.code == .rateLimited)
            #expect(error?.retryAfter.map { $0 > .seconds(1) } == true)
            _ = try await clerk.jwks()
        }
    }
}
#endif
