/* usage — runs a command and writes what it cost to a file: wall seconds, processor seconds (user and system), peak resident
 * memory in KiB, on one line.
 * usage: usage OUT COMMAND [ARG…]; exit status that of the command, 127 when it cannot be run, 2 for wrong usage. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec * 1e-6; }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int run(char **command) {
    int status = 0;
    pid_t child = fork();
    if (child < 0) return -1;
    if (child == 0) {
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: usage OUT COMMAND [ARG...]\n");
        return 2;
    }
    double begin = now();
    int status = run(argv + 2);
    double wall = now() - begin;
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    FILE *out = fopen(argv[1], "w");
    if (!out || status < 0) {
        perror(argv[1]);
        return 2;
    }
    fprintf(out, "%.6f %.6f %ld\n", wall, seconds_of(used.ru_utime) + seconds_of(used.ru_stime), used.ru_maxrss);
    return fclose(out) == 0 ? status : 2;
}
