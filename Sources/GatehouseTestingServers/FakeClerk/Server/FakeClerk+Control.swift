#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeClerk {
    /// Answers a request that controls the fake itself. Programs in other languages send such requests.
    func control(_ path: String, _ body: [UInt8]) -> FakeExchange.Answer {
        let json = (try? JSONDocument(parsing: body)).map { JSONValue($0.root) } ?? [:]
        switch path {
        case "/__fake/tokens":
            // If a wrong member were ignored, the mistake would show only when a server refuses the token.
            for name in ["user_id", "organization_id", "authorized_party"] {
                switch json[name] {
                case .string, .null, nil: continue
                default: return FakeExchange.Answer(400, ["message": .string("\(name) is a string")])
                }
            }
            do {
                let token = try sessionToken(
                    of: json["user_id"]?.string ?? "",
                    in: json["organization_id"]?.string,
                    authorizedParty: json["authorized_party"]?.string
                )
                return FakeExchange.Answer(200, ["jwt": .string(token)])
            } catch let refusal as FakeRefusal {
                return FakeExchange.Answer(refusal.status, refusal.body(traceID: ""))
            } catch {
                return FakeExchange.Answer(500, ["message": "no token could be made"])
            }
        case "/__fake/faults":
            guard let fault = Fault(json) else {
                return FakeExchange.Answer(
                    400,
                    ["message": "name one of status, reset, delay_ms, drip_ms, truncate, html"]
                )
            }
            fail(fault, times: json["times"]?.int ?? 1)
            return FakeExchange.Answer(200, ["ok": true])
        default: return FakeExchange.Answer(404, ["message": "there is no such control"])
        }
    }
}

extension FakeClerk.Fault {
    fileprivate init?(_ json: JSONValue) {
        if let status = json["status"]?.int {
            self = .status(status, retryAfter: json["retry_after"]?.int)
        } else if let milliseconds = json["delay_ms"]?.int {
            self = .delay(milliseconds: milliseconds)
        } else if let milliseconds = json["drip_ms"]?.int {
            self = .drip(milliseconds: milliseconds)
        } else if json["reset"]?.bool == true {
            self = .reset
        } else if json["truncate"]?.bool == true {
            self = .truncate
        } else if json["html"] != nil {
            self = .html(json["html"]?.int ?? 502)
        } else {
            return nil
        }
    }
}
#endif
