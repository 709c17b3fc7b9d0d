import Testing

@testable import HTTPEdge

@Suite("What a connection owes its client")
struct ConnectionStateTests {
    @Test("a body that brings less than the minimum in a window is given up")
    func slowBody() {
        var state = ConnectionState(minimumBytesPerWindow: 1024)
        #expect(state.receiveHead(expectsContinue: false) == .watchPace)
        state.wantRead()
        state.receiveBody(byteCount: 1023)
        #expect(state.endWindow() == .failSlowBody)
    }

    @Test("a body that keeps the pace is watched on, window by window")
    func steadyBody() {
        var state = ConnectionState(minimumBytesPerWindow: 1024)
        _ = state.receiveHead(expectsContinue: false)
        state.wantRead()
        state.receiveBody(byteCount: 1024)
        #expect(state.endWindow() == .watchPace)
        #expect(state.endWindow() == .failSlowBody, "what came in the window before does not count again")
    }

    @Test("a client is not to blame while we do not read")
    func backPressure() {
        var state = ConnectionState(minimumBytesPerWindow: 1024)
        _ = state.receiveHead(expectsContinue: false)
        #expect(state.endWindow() == .watchPace)
        state.wantRead()
        state.completeRead()
        #expect(state.endWindow() == .watchPace)
    }

    @Test("a client that waits for 100 Continue is not slow")
    func waitingForContinue() {
        var state = ConnectionState(minimumBytesPerWindow: 1024)
        _ = state.receiveHead(expectsContinue: true)
        state.wantRead()
        #expect(state.endWindow() == .watchPace)
    }

    @Test("the watch ends with the request")
    func finishedBody() {
        var state = ConnectionState(minimumBytesPerWindow: 1024)
        _ = state.receiveHead(expectsContinue: false)
        state.wantRead()
        state.receiveEnd()
        #expect(state.endWindow() == .nothing)
    }

    @Test("a client that still waits for 100 Continue after an empty body gets no next answer on its connection")
    func emptyBodyExpectingContinue() {
        var state = ConnectionState(minimumBytesPerWindow: 1)
        _ = state.receiveHead(expectsContinue: true)
        state.receiveEnd()
        #expect(state.sendHead() == true)
        #expect(state.sendEnd() == .closeSoon)
        _ = state.receiveHead(expectsContinue: true)
        state.receiveEnd()
        #expect(state.wantBody() == true, "it can still be told")
        #expect(state.sendHead() == false)
    }

    @Test("100 Continue is sent once, when the body is wanted, and only to those who wait for it")
    func continues() {
        var state = ConnectionState(minimumBytesPerWindow: 1)
        _ = state.receiveHead(expectsContinue: true)
        #expect(state.wantBody() == true)
        #expect(state.wantBody() == false)
        _ = state.receiveHead(expectsContinue: false)
        #expect(state.wantBody() == false)
    }

    @Test("a client that did not wait for 100 Continue is not sent one")
    func impatientClient() {
        var state = ConnectionState(minimumBytesPerWindow: 1)
        _ = state.receiveHead(expectsContinue: true)
        state.receiveBody(byteCount: 10)
        #expect(state.wantBody() == false)
    }

    @Test("an answer that does not wait for the body closes the connection, after a while to read it")
    func earlyAnswer() {
        var state = ConnectionState(minimumBytesPerWindow: 1)
        _ = state.receiveHead(expectsContinue: false)
        #expect(state.sendHead() == true)
        #expect(state.sendEnd() == .closeSoon)
    }

    @Test("an answer to a whole request keeps the connection")
    func normalAnswer() {
        var state = ConnectionState(minimumBytesPerWindow: 1)
        _ = state.receiveHead(expectsContinue: false)
        state.receiveEnd()
        #expect(state.sendHead() == false)
        #expect(state.sendEnd() == .nothing)
    }

    @Test("only an end in the middle of a body cuts it off")
    func cutBody() {
        var state = ConnectionState(minimumBytesPerWindow: 1)
        _ = state.receiveHead(expectsContinue: false)
        #expect(state.receiveClose() == true)
        _ = state.receiveHead(expectsContinue: false)
        state.receiveEnd()
        #expect(state.receiveClose() == false)
    }
}
