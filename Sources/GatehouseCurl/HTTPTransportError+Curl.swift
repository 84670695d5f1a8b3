#if Curl
import CCurl
import GatehouseTokens

extension HTTPTransportError {
    /// The meaning of a code of libcurl. libcurl's text for a code is fixed and holds nothing of the request.
    init(_ code: CURLcode) {
        let text = curl_easy_strerror(code).map { String(cString: $0) } ?? "code \(code.rawValue)"
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            self.init(.deadlineExceeded, "no whole answer came in time")
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED, CURLE_BAD_FUNCTION_ARGUMENT:
            self.init(.invalidRequest, "the address cannot be asked: \(text)")
        default:
            self.init(.connectionFailed, "the connection failed: \(text)")
        }
    }
}
#endif
