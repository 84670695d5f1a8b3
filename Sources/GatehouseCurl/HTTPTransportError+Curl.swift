#if Curl
import CCurl
import GatehouseTokens

extension HTTPTransportError {
    /// Makes the error for a code of libcurl. libcurl's text for a code is fixed and holds no part of the request.
    ///
    /// - Parameter hasSent: False if no byte of the request was sent on any connection.
    init(_ code: CURLcode, hasSent: Bool = true) {
        let text = curl_easy_strerror(code).map { String(cString: $0) } ?? "code \(code.rawValue)"
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            self.init(.deadlineExceeded, "no whole answer came in time")
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED, CURLE_BAD_FUNCTION_ARGUMENT:
            self.init(.invalidRequest, "the address cannot be asked: \(text)")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
            CURLE_PEER_FAILED_VERIFICATION:
            self.init(hasSent ? .connectionFailed : .notConnected, "the connection failed: \(text)")
        default:
            self.init(.connectionFailed, "the connection failed: \(text)")
        }
    }
}
#endif
