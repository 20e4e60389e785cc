/* The beta and F distributions. */
#include "casus/measure.h"

#include <math.h>

/* The continued fraction of DLMF 8.17.22, by Lentz's method as modified by Thompson and Barnett. */
static double fraction(double a, double b, double x) {
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double value = d;
    for (int m = 1; m < 10000; m++) {
        for (int odd = 0; odd < 2; odd++) {
            double term = odd ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)) : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            value *= c * d;
        }
        if (fabs(c * d - 1) < 1e-15) break;
    }
    return value;
}

double casus_beta_share(double a, double b, double x) {
    if (!(x > 0)) return 0;
    if (x >= 1) return 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * fraction(a, b, x) / a;
    return 1 - front * fraction(b, a, 1 - x) / b;
}

double casus_beta_quantile(double a, double b, double share) {
    double low = 0, high = 1;
    for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
        double middle = (low + high) / 2;
        if (casus_beta_share(a, b, middle) < share) low = middle;
        else high = middle;
    }
    return (low + high) / 2;
}

double casus_f_tail(double f, double d1, double d2) {
    if (!(f > 0)) return 1;
    return casus_beta_share(d2 / 2, d1 / 2, d2 / (d2 + d1 * f));
}
