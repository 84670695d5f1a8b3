import GatehouseBase
import GatehouseRecords
import GatehouseTokens
import HTTPTypes
import SharedVectors
import Testing

@Suite("Webhooks are judged by Standard Webhooks 1.0, and by signatures of OpenSSL's command")
struct WebhookRuleTests {
    private static let file = "webhooks.json"

    private struct Event {
        let secret: String
        let id: String
        let timestamp: String
        let body: [UInt8]
        let signature: String
        let time: Timestamp

        init(_ row: SharedVectors.Row) throws {
            secret = try #require(row["secret"]?.string)
            id = try #require(row["id"]?.string)
            timestamp = try #require(row["timestamp"]).description
            body = try #require(Base64.standard.decode(optionallyPadded: Array((row["body"]?.string ?? "").utf8)))
            signature = try #require(row["signature"]?.string)
            time = try #require(Timestamp(seconds: Int64(timestamp) ?? -1))
        }

        /// The code of the refusal; `nil` if there is none.
        func code(
            names: WebhookFieldNames = .svix,
            id: String? = nil,
            timestamp: String? = nil,
            body: [UInt8]? = nil,
            signature: String? = nil,
            secrets: [String]? = nil,
            after delay: Duration = .zero
        ) -> WebhookSignatureError.Code? {
            let fields: HTTPFields = [
                names.id: id ?? self.id, names.timestamp: timestamp ?? self.timestamp,
                names.signature: signature ?? self.signature,
            ]
            let now = time.advanced(by: delay)
            do throws(WebhookSignatureError) {
                let verifier = try WebhookVerifier(secrets: secrets ?? [secret], clock: WallClock { now })
                let webhook = try verifier.verify(fields, body: body ?? self.body)
                return webhook.id == self.id && webhook.timestamp == time ? nil : .init(rawValue: "another webhook")
            } catch {
                return error.code
            }
        }
    }

    @Test("a signature is the same as OpenSSL's, and verifies", arguments: OwnVectors.rows(file, "cases"))
    func signs(row: SharedVectors.Row) throws {
        let event = try Event(row)
        let fields = try WebhookSigner(WebhookSecret(event.secret))
            .headerFields(id: event.id, at: event.time, body: event.body, names: .svix)
        #expect(fields[WebhookFieldNames.svix.signature] == event.signature)
        #expect(fields[WebhookFieldNames.svix.timestamp] == event.timestamp)
        #expect(event.code() == nil)
        #expect(event.code(names: .standard) == nil)
    }

    @Test("a signature holds for its id, time and body alone", arguments: OwnVectors.rows(file, "cases"))
    func binds(row: SharedVectors.Row) throws {
        let event = try Event(row)
        #expect(event.code(id: event.id + "x") == .noMatchingSignature)
        #expect(event.code(body: event.body + [0]) == .noMatchingSignature)
        if let first = event.body.first {
            #expect(event.code(body: [first ^ 1] + event.body.dropFirst()) == .noMatchingSignature)
        }
        let next = String((Int64(event.timestamp) ?? 0) + 1)
        #expect(event.code(timestamp: next) == .noMatchingSignature)
        #expect(event.code(secrets: ["whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]) == .noMatchingSignature)
    }

    @Test(
        "a signature is good for five minutes before and after its time, to the second",
        arguments: [
            (0.0, nil), (300, nil), (300.9, nil), (301, .tooOld), (86_400, .tooOld), (-300, nil), (-301, .tooNew),
            (-86_400, .tooNew),
        ] as [(Double, WebhookSignatureError.Code?)]
    )
    func tolerance(delay: Double, code: WebhookSignatureError.Code?) throws {
        #expect(try Self.event().code(after: .seconds(delay)) == code)
    }

    @Test(
        "one of several signatures must hold, and be of version 1",
        arguments: [
            ("SIGNATURE", nil), ("v1,AAAA SIGNATURE", nil), ("SIGNATURE v1,AAAA", nil), ("v2,AAAA SIGNATURE", nil),
            ("v1a,AAAA SIGNATURE x", nil), ("SIGNATURE SIGNATURE", nil), ("v1,AAAA", .noMatchingSignature),
            ("v1,", .noMatchingSignature), ("v1", .noMatchingSignature), ("AAAA", .noMatchingSignature),
            ("", .missingFields), (" ", .missingFields), ("V1SIGNATURE", .noMatchingSignature),
            ("v2CODE", .noMatchingSignature), ("v1aCODE", .noMatchingSignature), ("SHORTER", .noMatchingSignature),
        ] as [(String, WebhookSignatureError.Code?)]
    )
    func lists(list: String, code: WebhookSignatureError.Code?) throws {
        let event = try Self.event()
        let value = event.signature.dropFirst(3)
        let text = list.replacing("V1SIGNATURE", with: "V1,\(value)").replacing("SIGNATURE", with: event.signature)
            .replacing("CODE", with: ",\(value)").replacing("SHORTER", with: "v1,\(value.prefix(40))")
        #expect(event.code(signature: text) == code)
    }

    @Test(
        "a time is whole seconds in the one way to write them",
        arguments: [
            "", "soon", "1800000000.0", "01800000000", "+1800000000", "-1800000000", "1.8e9", "99999999999999999999",
        ]
    )
    func times(text: String) throws {
        let code = try Self.event().code(timestamp: text)
        #expect(code == (text.isEmpty ? .missingFields : .malformedFields))
    }

    @Test(
        "an id is visible ASCII without a dot",
        arguments: ["", "a.b", "a b", "é", String(repeating: "a", count: 257)]
    )
    func ids(text: String) throws {
        #expect(try Self.event().code(id: text) == (text.isEmpty ? .missingFields : .malformedFields))
    }

    @Test("any of the secrets may have signed a webhook, with and without its prefix")
    func secrets() throws {
        let event = try Self.event()
        let other = try WebhookSecret.random().text
        #expect(event.code(secrets: [other, event.secret]) == nil)
        #expect(event.code(secrets: [event.secret, other]) == nil)
        #expect(event.code(secrets: [String(event.secret.dropFirst(6))]) == nil)
        #expect(event.code(secrets: [other]) == .noMatchingSignature)
        #expect(event.code(secrets: []) == .invalidSecret)
    }

    @Test("the preferred names count alone where a request has any of them")
    func names() throws {
        let event = try Self.event()
        let (svix, standard) = (WebhookFieldNames.svix, WebhookFieldNames.standard)
        var fields: HTTPFields = [
            standard.id: event.id, standard.timestamp: event.timestamp, standard.signature: event.signature,
        ]
        let clock = WallClock { event.time }
        let verifier = try WebhookVerifier(secrets: [event.secret], clock: clock)
        #expect(try verifier.verify(fields, body: event.body).id == event.id)
        let svixOnly = try WebhookVerifier(secrets: [event.secret], names: [svix], clock: clock)
        #expect(throws: WebhookSignatureError.self) { try svixOnly.verify(fields, body: event.body) }
        fields[svix.id] = event.id
        let error = #expect(throws: WebhookSignatureError.self) { try verifier.verify(fields, body: event.body) }
        #expect(error?.code == .missingFields)
    }

    private static func event() throws -> Event { try Event(#require(OwnVectors.rows(file, "cases").first)) }
}
