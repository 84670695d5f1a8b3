#if TestServers && AsyncHTTPClient
import GatehouseAsyncHTTPClient
import GatehouseTestingServers
import GatehouseTokens
import Testing

@testable import GatehouseClerk

/// One key pair for all tests: RSA keys take time to make.
let fakeKeyPair = Result { try KeyPair(id: "fake-clerk") }

/// Runs a fake, and a client of it over real HTTP.
func withFake<Value: Sendable>(
    configuration change: (inout ClerkClient.Configuration) -> Void = { _ in },
    _ body: (FakeClerk, ClerkClient) async throws -> Value
) async throws -> Value {
    try await FakeClerk.run(keyPair: try fakeKeyPair.get()) { fake in
        try await withClient(of: fake, configuration: change) { clerk in try await body(fake, clerk) }
    }
}

/// Runs a client of a fake over real HTTP, and judges by Clerk's document all that was asked and answered.
func withClient<Value: Sendable>(
    of fake: FakeClerk,
    configuration change: (inout ClerkClient.Configuration) -> Void = { _ in },
    _ body: (ClerkClient) async throws -> Value
) async throws -> Value {
    let transport = AsyncHTTPClientTransport()
    var configuration = fake.configuration
    configuration.deadline = .seconds(120)  // the machine may be busy with the other tests
    change(&configuration)
    let client = try ClerkClient(secretKey: fake.secretKey, transport: transport, configuration: configuration)
    let value = try await body(client)
    #if PolicyFiles
    for request in fake.requests { OpenAPIDocument.judge(request) }
    #endif
    try await transport.shutdown()
    return value
}
#endif
