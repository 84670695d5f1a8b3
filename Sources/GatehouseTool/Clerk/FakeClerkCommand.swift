#if Server && TestServers
import ArgumentParser
import GatehouseBase
import GatehouseCurl
import GatehouseTestingServers
import UnixSignals

/// The command `gatehouse fake-clerk`.
struct FakeClerkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fake-clerk",
        abstract: "Serves a fake of Clerk's Backend API on loopback, for tests without an account.",
        discussion: """
            Prints one line of JSON: {"apiURL","secretKey","publishableKey","issuer","jwksURL","jwtKey","webhookSecret"}. \
            POST /__fake/tokens {"user_id","organization_id","authorized_party"} gives a session token, for a minute; its azp is \
            authorized_party, which a server with authorized parties needs, and absent without. As a cookie it is \
            `__session=JWT; __client_uat=SECONDS`, with the Unix time of the sign-in, as browsers have it. POST /__fake/faults \
            {"status"|"reset"|"delay_ms"|"truncate"|"html","times"} breaks the next answers. Stops on SIGTERM and Ctrl-C. Nothing is \
            kept.

              gatehouse fake-clerk --port 9000 > fake.json &
              gatehouse clerk users create --email-address ada@example.com   # with CLERK_API_URL and CLERK_SECRET_KEY of fake.json
              curl -d '{"user_id":"user_…","authorized_party":"https://app.example.com"}' localhost:9000/__fake/tokens
            """
    )

    @Option(help: "The port on 127.0.0.1; 0 is a free one.")
    var port: UInt16 = 0

    @Option(name: .customLong("webhook-url"), help: "Where signed webhooks of what changed are sent.")
    var webhookURL: String?

    func run() async throws {
        let endpoint = webhookURL.map { FakeClerk.WebhookEndpoint(url: $0, transport: CurlTransport()) }
        try await FakeClerk.run(port: port, webhookEndpoint: endpoint) { fake in
            let line: JSONValue = [
                "apiURL": .string(fake.url), "secretKey": .string(fake.secretKeyText),
                "publishableKey": .string(FakeClerk.publishableKey), "issuer": .string(FakeClerk.issuer),
                "jwksURL": .string(fake.url + "/.well-known/jwks.json"), "jwtKey": .string(fake.keyPair.pem),
                "webhookSecret": .string(fake.webhookSecret),
            ]
            try standardOutput(line.description)
            for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) { break }
        }
    }
}
#endif
