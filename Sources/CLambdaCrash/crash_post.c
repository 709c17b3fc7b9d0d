#define _GNU_SOURCE
#include "crash_post.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

static union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} api;
static socklen_t api_length;

void crash_post_prepare(const char *address, int port) {
    memset(&api, 0, sizeof api);
    api_length = 0;
    if (!address) return;
    if (inet_pton(AF_INET, address, &api.v4.sin_addr) == 1) {
        api.v4.sin_family = AF_INET;
        api.v4.sin_port = htons((uint16_t)port);
        api_length = sizeof api.v4;
    } else if (inet_pton(AF_INET6, address, &api.v6.sin6_addr) == 1) {
        api.v6.sin6_family = AF_INET6;
        api.v6.sin6_port = htons((uint16_t)port);
        api_length = sizeof api.v6;
    }
}

static int send_all(int line, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = send(line, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return 0;
        bytes += sent;
        length -= (size_t)sent;
    }
    return 1;
}

static void add_head(crash_text *head, const char *request_id, const char *type, size_t body_length) {
    crash_text_add(head, "POST /2018-06-01/runtime/");
    crash_text_add(head, request_id ? "invocation/" : "init");
    if (request_id) crash_text_add(head, request_id);
    crash_text_add(head, "/error HTTP/1.1\r\nHost: lambda\r\nConnection: close\r\nContent-Type: "
                         "application/vnd.aws.lambda.error+json\r\nLambda-Runtime-Function-Error-Type: ");
    crash_text_add(head, type);
    crash_text_add(head, "\r\nContent-Length: ");
    crash_text_add_decimal(head, body_length, 1);
    crash_text_add(head, "\r\n\r\n");
}

void crash_post(const char *request_id, const char *type, const crash_text *body) {
    if (!api_length) return;
    int line = socket(api.any.sa_family, SOCK_STREAM, 0);
    if (line < 0) return;
    struct timeval second = {.tv_sec = 1, .tv_usec = 0};
    setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof second);
    setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
    if (connect(line, &api.any, api_length) == 0) {
        char buffer[1024];
        crash_text head = crash_text_in(buffer, sizeof buffer);
        add_head(&head, request_id, type, body->length);
        if (send_all(line, head.start, head.length) && send_all(line, body->start, body->length)) {
            // An answer means that the platform knows; what it says does not matter any more.
            ssize_t got;
            do got = recv(line, buffer, sizeof buffer, 0);
            while (got < 0 && errno == EINTR);
        }
    }
    close(line);
}
